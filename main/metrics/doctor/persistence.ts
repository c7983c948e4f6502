/**
 * Whether something holds not just now but for a while: single steps of a GAN jump, and a run that is
 * ill for a moment often heals by itself. Precision first: what does not last is not told.
 */
import type { Course } from "./case.ts";

export interface Patience {
  /** Steps that one look is the median of. */
  over?: number;
  /** Values that one look needs at least. */
  least?: number;
  /** Steps for which every look must say the same. */
  lasting?: number;
}

/** The middle of the values; NaN for none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return NaN;
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] as number;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] as number;
  return (upper + lower) / 2;
}

/** The median of the last values, or null while there are too few. */
export function latest(course: Course, patience: Patience = {}): number | null {
  return lookAt(course, course.steps.length - 1, patience);
}

/**
 * The step since which every look, back from the newest, has held; null where the newest does not, or
 * where it has not lasted.
 */
export function holdingSince(
  course: Course,
  holds: (median: number) => boolean,
  patience: Patience = {},
): number | null {
  const { lasting = 50 } = patience;
  const newest = course.steps.at(-1) ?? 0;
  let since: number | null = null;
  for (let index = course.steps.length - 1; index >= 0; index--) {
    const look = lookAt(course, index, patience);
    if (look === null || !holds(look)) break;
    since = course.steps[index] as number;
  }
  return since !== null && newest - since >= lasting ? since : null;
}

/** The median of what was measured in the last steps up to this place. */
function lookAt(
  { steps, values }: Course,
  index: number,
  { over = 100, least = 3 }: Patience,
): number | null {
  if (index + 1 < least) return null;
  const end = steps[index] as number;
  let first = index;
  while (first > 0 && (steps[first - 1] as number) > end - over) first--;
  first = Math.min(first, index + 1 - least);
  // Until so many steps lie behind, there is nothing to take a median over.
  if (end - (steps[first] as number) < over * 0.9 && first === 0) return null;
  return median(values.slice(first, index + 1));
}
