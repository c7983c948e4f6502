/**
 * Notices when a session falls silent: a native operation that never returns raises no error. A
 * live session reports several times a second, or once a step where steps are slow.
 */

/** Milliseconds that loading data, library and networks may take before the first step's report. */
const loadingTime = 5 * 60_000;
const leastSilence = 60_000;
/** A silence as long as so many steps is no longer one slow step. */
const stepsOfSilence = 20;

/**
 * What comes after the limit: where both processes stood still, as on a machine that slept, our clock is
 * the first to notice, and the session must have its chance to be heard.
 */
const grace = 5_000;

export interface Watchdog {
  /** To be called at every message; with the time that a step takes, once that is known. */
  heard(millisecondsPerStep?: number): void;
  /** Something as long as loading begins. */
  load(): void;
  /** Silence is expected until the next `heard`. */
  rest(): void;
}

export function createWatchdog(onSilence: (seconds: number) => void): Watchdog {
  let limit = loadingTime;
  let timer: NodeJS.Timeout | undefined;
  const watch = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = setTimeout(() => {
        onSilence(limit / 1000);
      }, grace).unref();
    }, limit).unref();
  };
  watch();
  return {
    heard(millisecondsPerStep) {
      if (millisecondsPerStep !== undefined && Number.isFinite(millisecondsPerStep)) {
        limit = Math.max(leastSilence, stepsOfSilence * millisecondsPerStep);
      }
      watch();
    },
    load() {
      limit = loadingTime;
      watch();
    },
    rest() {
      clearTimeout(timer);
    },
  };
}
