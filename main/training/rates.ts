/** A session's learning rates: the run's own, what was changed since, and what is to change again. */
import {
  ratesAt,
  scheduled,
  withChange,
  type LearningRates,
  type RateChange,
} from "../spec/learning-rates.ts";
import type { Specification } from "../spec/specification.ts";

export interface Rates {
  /** What step number `step` is done with, `epochsDone` whole epochs lying behind. */
  at(step: number, epochsDone: number): LearningRates;
  /** The same before schedules: what a checkpoint of this step remembers. */
  before(step: number): LearningRates;
  change(change: RateChange): void;
}

/** `first`: before schedules. `coming`: changes of earlier sittings, in order of their steps. */
export function createRates(
  optimizers: Specification["optimizers"],
  first: LearningRates,
  coming: readonly RateChange[],
): Rates {
  let changes = coming;
  const before = (step: number) => ratesAt(first, changes, step);
  return {
    at: (step, epochsDone) => scheduled(optimizers, before(step), epochsDone),
    before,
    change: (change) => {
      changes = withChange(changes, change);
    },
  };
}
