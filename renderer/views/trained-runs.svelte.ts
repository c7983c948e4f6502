/** Runs that have a generator to look at or to take along, for a screen that is opened without one. */
import type { RunSummary } from "../../main/contract/runs.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Studio } from "../shared/studio.ts";

export class TrainedRuns {
  #studio: Studio;
  #all = $state.raw<readonly RunSummary[] | null>(null);
  #problem = $state.raw<string | null>(null);

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  /** The newest first; null before the first answer. */
  get all(): readonly RunSummary[] | null {
    return this.#all;
  }
  get problem(): string | null {
    return this.#problem;
  }

  /** `also`: a run that is on the list in any case. */
  async load(also: string | null = null): Promise<void> {
    try {
      // A run has its first checkpoint with its first grid of samples.
      const { runs } = await this.#studio.client.runs.list({ limit: 500 });
      this.#all = runs.filter(({ newestSample, id }) => newestSample !== null || id === also);
      this.#problem = null;
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
    }
  }
}
