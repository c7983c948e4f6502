/** How far one source of images is that is being made ready, whoever asked for it; and its end on request. */
import type { PreparationProgress } from "../../main/contract/events.ts";
import type { DataSource } from "../../main/spec/data.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Studio } from "../shared/studio.ts";
import { joinWork } from "../shared/works.ts";

/** What the program calls it by. */
const nameOf = (source: DataSource): string => (source.kind === "digits" ? "digits" : source.path);

export class Preparing {
  #studio: Studio;
  #source: () => DataSource;
  #newest = $state.raw<PreparationProgress | null>(null);
  #problem = $state.raw<string | null>(null);

  /** `source`: which one; may change. */
  constructor(studio: Studio, source: () => DataSource) {
    this.#studio = studio;
    this.#source = source;
  }

  /** Null while nothing is made ready. */
  get progress(): PreparationProgress | null {
    return this.#newest?.source === nameOf(this.#source()) ? this.#newest : null;
  }
  /** Why it could not be ended. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Follows it until the returned function is called. */
  open(): () => void {
    void this.#rejoin();
    return this.#studio.client.subscribe("dataset.preparing", (progress) => {
      const isLast = progress.done >= progress.total && progress.stage !== "unpacking";
      if (!isLast) this.#newest = progress;
      else if (this.#newest?.source === progress.source) this.#newest = null;
    });
  }

  /** Calls it off; nothing of it is kept. */
  async cancel(): Promise<void> {
    const { progress } = this;
    if (!progress) return;
    try {
      await this.#studio.client.datasets.cancelAdd({ source: progress.source });
      this.#problem = null;
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
    }
    this.#newest = null;
  }

  /** One that was asked for before this page was loaded; it may be silent for a while, or fail. */
  async #rejoin(): Promise<void> {
    const work = await joinWork(this.#studio, "datasets.add");
    if (!work) return;
    this.#newest ??= work.progress;
    await work.answer.catch(() => undefined);
    if (this.#newest?.source === work.progress?.source) this.#newest = null;
  }
}
