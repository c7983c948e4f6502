/** What its owner wants of a session: a mailbox that the training loop looks into between steps. */
import type { NewRates } from "../spec/learning-rates.ts";

export interface Control {
  pause(): void;
  continue(): void;
  save(): void;
  stop(): void;
  /** One step, for a session that stands still. */
  step(): void;
  setRates(rates: NewRates): void;
  /** Discriminator updates a step. */
  setUpdates(discriminatorSteps: number): void;
  isPaused(): boolean;
  isStopping(): boolean;
  /** True once after each `save`. */
  takeSave(): boolean;
  /** True once for each `step`. */
  takeStep(): boolean;
  /** What was set since it was last taken, the newest word for each network; null for nothing. */
  takeRates(): NewRates | null;
  /** The same for discriminator updates a step. */
  takeUpdates(): number | null;
  /** Resolves when the session need not stand still: not paused, stopping, or asked for something. */
  untilWanted(): Promise<void>;
  /** Resolves when the session is not paused, or is to stop. */
  untilContinued(): Promise<void>;
}

export function createControl(): Control {
  let paused = false;
  let stopping = false;
  let saving = false;
  let steps = 0;
  let rates: NewRates | null = null;
  let updates: number | null = null;
  let wake: (() => void) | null = null;
  const changed = () => {
    wake?.();
    wake = null;
  };
  const change = (apply: () => void) => () => {
    apply();
    changed();
  };
  return {
    pause: change(() => (paused = true)),
    continue: change(() => (paused = false)),
    save: change(() => (saving = true)),
    stop: change(() => (stopping = true)),
    step: change(() => (steps += 1)),
    setRates(wanted) {
      rates = {
        generator: wanted.generator ?? rates?.generator,
        discriminator: wanted.discriminator ?? rates?.discriminator,
      };
      changed();
    },
    setUpdates(discriminatorSteps) {
      updates = discriminatorSteps;
      changed();
    },
    isPaused: () => paused,
    isStopping: () => stopping,
    takeSave() {
      const asked = saving;
      saving = false;
      return asked;
    },
    takeStep() {
      if (steps === 0) return false;
      steps -= 1;
      return true;
    },
    takeRates() {
      const wanted = rates;
      rates = null;
      return wanted;
    },
    takeUpdates() {
      const wanted = updates;
      updates = null;
      return wanted;
    },
    untilWanted: () =>
      !paused || stopping || saving || steps > 0 || rates !== null || updates !== null
        ? Promise.resolve()
        : new Promise((resolve) => (wake = resolve)),
    async untilContinued() {
      // Any wish wakes; only these two end the waiting.
      while (paused && !stopping) await new Promise<void>((resolve) => (wake = resolve));
    },
  };
}
