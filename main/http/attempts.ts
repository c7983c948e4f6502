/** Counts wrong tokens, so that guessing is slow and noticed even where many guesses are cheap. */

export interface Attempts {
  /** Seconds to wait before the next try, or 0. */
  waitOf(address: string, now: number): number;
  failed(address: string, now: number): void;
}

const windowMilliseconds = 60_000;
const failureLimit = 10;
/** Addresses that are remembered at most; a scan must not fill the memory. */
const addressLimit = 1000;

/** `now` is milliseconds of any clock that does not run backwards. */
export function createAttempts(): Attempts {
  const failures = new Map<string, number[]>();
  const recent = (address: string, now: number): number[] =>
    (failures.get(address) ?? []).filter((at) => now - at < windowMilliseconds);
  return {
    waitOf(address, now) {
      const [oldest, ...others] = recent(address, now);
      if (oldest === undefined || others.length + 1 < failureLimit) return 0;
      return Math.ceil((oldest + windowMilliseconds - now) / 1000);
    },
    failed(address, now) {
      const kept = [...recent(address, now), now].slice(-failureLimit);
      failures.delete(address);
      failures.set(address, kept);
      const [first] = failures.keys();
      if (failures.size > addressLimit && first !== undefined) failures.delete(first);
    },
  };
}
