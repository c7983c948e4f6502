/** How often something that keeps crashing is started again by itself: three times in five minutes. */

const limit = 3;
const windowMilliseconds = 5 * 60_000;

/** `now` is milliseconds of a clock that does not run backwards. */
export function createReloads(): { allows: (now: number) => boolean } {
  let recent: number[] = [];
  return {
    allows(now) {
      recent = recent.filter((at) => now - at < windowMilliseconds);
      if (recent.length >= limit) return false;
      recent.push(now);
      return true;
    },
  };
}
