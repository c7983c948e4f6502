/** What its owner wants of a session: a mailbox that the training loop looks into between steps. */

export interface Control {
  pause(): void;
  continue(): void;
  save(): void;
  stop(): void;
  isPaused(): boolean;
  isStopping(): boolean;
  /** True once after each `save`. */
  takeSave(): boolean;
  /** Resolves when the session need not stand still: not paused, stopping, or asked to save. */
  untilWanted(): Promise<void>;
}

export function createControl(): Control {
  let paused = false;
  let stopping = false;
  let saving = false;
  let wake: (() => void) | null = null;
  const change = (apply: () => void) => () => {
    apply();
    wake?.();
    wake = null;
  };
  return {
    pause: change(() => (paused = true)),
    continue: change(() => (paused = false)),
    save: change(() => (saving = true)),
    stop: change(() => (stopping = true)),
    isPaused: () => paused,
    isStopping: () => stopping,
    takeSave() {
      const asked = saving;
      saving = false;
      return asked;
    },
    untilWanted: () =>
      !paused || stopping || saving
        ? Promise.resolve()
        : new Promise((resolve) => (wake = resolve)),
  };
}
