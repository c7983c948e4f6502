/**
 * How fast this machine trains, from what it has trained: seconds a step of its last ended runs, with
 * each step's cost. Without such a run there is no prediction, and none is made up.
 */
import type { RunSummary } from "../../main/contract/runs.ts";
import { flowsOf, multiplyAddsOfStep, type MeasuredRun } from "../../main/spec/cost.ts";
import type { Studio } from "../shared/studio.ts";

/** Runs to learn from, and what makes one long enough to be worth it. */
const learned = 6;
const leastSteps = 20;
const leastSeconds = 2;

const isMeasured = ({ step, seconds }: RunSummary): boolean =>
  step >= leastSteps && seconds >= leastSeconds;

export class Speed {
  #studio: Studio;
  #measured = $state.raw<readonly MeasuredRun[]>([]);

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  get measured(): readonly MeasuredRun[] {
    return this.#measured;
  }

  async load(): Promise<void> {
    try {
      const { runs } = await this.#studio.client.runs.list({
        limit: 50,
        status: ["finished", "stopped"],
      });
      const [latest, ...others] = runs
        .filter(isMeasured)
        .toSorted((a, b) => b.updatedAt - a.updatedAt);
      if (!latest) return;
      // Another engine, or another way of running it, says nothing of how fast the present one is.
      const alike = others.filter(
        ({ engine, mode }) => engine === latest.engine && mode === latest.mode,
      );
      this.#measured = await Promise.all(
        [latest, ...alike].slice(0, learned).map((run) => this.#measure(run)),
      );
    } catch {
      // A prediction is a comfort; without it the screen works as well.
      this.#measured = [];
    }
  }

  async #measure(run: RunSummary): Promise<MeasuredRun> {
    const { specification } = await this.#studio.client.runs.get({ id: run.id });
    return {
      name: run.name,
      multiplyAdds: multiplyAddsOfStep(specification, flowsOf(specification)),
      secondsPerStep: run.seconds / run.step,
    };
  }
}
