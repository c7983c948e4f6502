/** How long something still takes, from how far it came since it was first looked at. */
export interface TimeLeft {
  /** Seconds; null while nobody can tell. `share`: 0 to 1, or null where that is not known. */
  at(share: number | null): number | null;
}

/** Before so long, in milliseconds, or with less done, what can be told is a guess. */
const enough = 1500;
const leastShare = 0.01;

/** `now`: milliseconds of any clock that goes forward. */
export function createTimeLeft(now: () => number = () => performance.now()): TimeLeft {
  let first: { at: number; share: number } | null = null;
  return {
    at(share) {
      // What goes back has begun anew: another stage, another file.
      if (share === null || first === null || share < first.share) {
        first = share === null ? null : { at: now(), share };
        return null;
      }
      const [took, done] = [now() - first.at, share - first.share];
      return took < enough || done < leastShare ? null : (took / done / 1000) * (1 - share);
    },
  };
}
