/**
 * How often a training process that died may be started again by itself: a few times in a short
 * while, for what fails again and again does so for a reason that a person must see. The budget is
 * that of VS Code's extension host.
 */

/** Milliseconds in which restarts count together; of a clock that does not run backwards. */
const period = 5 * 60_000;

export interface Restarts {
  /** True, and counted, when one more is allowed at this moment. */
  take(): boolean;
}

export function createRestarts(most: number, now: () => number): Restarts {
  let taken: number[] = [];
  return {
    take() {
      const moment = now();
      taken = taken.filter((at) => moment - at < period);
      if (taken.length >= most) return false;
      taken.push(moment);
      return true;
    },
  };
}
