/**
 * What a run has done and not yet stored. It becomes commits in the order of their steps; which state
 * was kept last, and when, is remembered here.
 */
import type { Trainer } from "../engine/trainer.ts";
import type { LearningRates } from "../spec/learning-rates.ts";
import type { CommitContent, Commits } from "./commits.ts";
import { isDivergence } from "./divergence.ts";
import type { Measurement } from "./messages.ts";

/** Milliseconds after which a checkpoint is written inside a long epoch. */
const longestWithoutCheckpoint = 5 * 60_000;

type Entry = Pick<CommitContent, "step" | "epoch" | "seconds" | "sheet"> & {
  /** Those in force: the state is to be kept with them. */
  keepWith?: LearningRates;
};

export interface Ledger {
  /** To be stored with the next commit. */
  add(measurement: Measurement): void;
  /**
   * Takes what belongs to a commit; its files are written while the next steps are done. Throws
   * `run.diverged`, with what was measured committed all the same, and what `Commits.settled` throws.
   */
  commit(trainer: Trainer, entry: Entry): Promise<void>;
  /** Whether the state of this step has been taken, or could not be since it is not finite. */
  isDone(step: number): boolean;
  /** Whether the state of this step was kept. */
  isKept(step: number): boolean;
  /** Whether too much would be lost in a power cut. */
  isOverdue(): boolean;
}

export function createLedger(commits: Commits, startStep: number, now: () => number): Ledger {
  let measurements: Measurement[] = [];
  let done = { step: startStep, at: now() };
  let kept = startStep;
  return {
    add: (measurement) => {
      measurements.push(measurement);
    },

    async commit(trainer, { sheet, keepWith, ...place }) {
      const measured = { ...place, measurements };
      measurements = [];
      try {
        const isKept = await commits.begin(trainer, {
          ...measured,
          ...(sheet && { sheet }),
          ...(keepWith && { checkpoint: { learningRates: keepWith } }),
        });
        if (keepWith) done = { step: place.step, at: now() };
        if (isKept) kept = place.step;
      } catch (thrown) {
        // The losses of the last step were finite still: they tell how it came.
        if (isDivergence(thrown)) await commits.begin(trainer, measured);
        throw thrown;
      }
    },

    isDone: (step) => step <= done.step,
    isKept: (step) => step <= kept,
    isOverdue: () => now() - done.at >= longestWithoutCheckpoint,
  };
}
