/**
 * Which rows of long columns to show so that a line through them looks as one through all: of each
 * stretch of equal length the extremes, so that no peak is lost (Jugel et al. 2014, «M4: a
 * visualization-oriented time series data aggregation»; without M4's first and last of a stretch).
 */

/** Of each stretch and column: the lowest, the highest, and the first that is not finite. */
const keptAtMost = 3;

/**
 * At most `points` (2 or more) places, increasing. `courses` are columns of one length. The first and
 * the last place are always among them; in between, of each stretch, the places of the lowest and the
 * highest finite value of each course, and of the first that is NaN or infinite. Where everything
 * fits, all places. Fewer than 2 + 3 points a course leave room for the first and the last alone.
 */
export function placesToShow(courses: readonly ArrayLike<number>[], points: number): number[] {
  const length = courses[0]?.length ?? 0;
  if (length <= points) return Array.from({ length }, (_, place) => place);
  const stretches = Math.floor((points - 2) / (keptAtMost * courses.length));
  // The places between the first and the last are divided.
  const bound = (stretch: number) => 1 + Math.floor((stretch * (length - 2)) / stretches);
  const kept = [0];
  for (let stretch = 0; stretch < stretches; stretch++) {
    const telling = courses.flatMap((course) =>
      extremes(course, bound(stretch), bound(stretch + 1)),
    );
    kept.push(...[...new Set(telling)].sort((a, b) => a - b));
  }
  kept.push(length - 1);
  return kept;
}

/** Places from `begin` to before `end`. */
function extremes(course: ArrayLike<number>, begin: number, end: number): number[] {
  let lowest = -1;
  let highest = -1;
  let broken = -1;
  let low = Infinity;
  let high = -Infinity;
  for (let place = begin; place < end; place++) {
    const value = course[place] as number;
    if (!Number.isFinite(value)) {
      if (broken < 0) broken = place;
      continue;
    }
    if (value < low) {
      low = value;
      lowest = place;
    }
    if (value > high) {
      high = value;
      highest = place;
    }
  }
  return [lowest, highest, broken].filter((place) => place >= 0);
}
