/** How far a written model's numbers are from the engine's own. */

/** More than this in float32 is an error of the export, not of rounding. */
export const largestAllowed = 1e-5;

/**
 * The largest absolute difference; where the numbers themselves are larger than 1 (scores without
 * bounds), relative to the largest of them, since float32 cannot hold them any closer.
 * Infinity where either holds a value that is no number, or their lengths differ.
 */
export function largestDifference(ours: Float32Array, theirs: Float32Array): number {
  if (ours.length !== theirs.length) return Infinity;
  let [difference, scale] = [0, 1];
  for (const [place, value] of ours.entries()) {
    const apart = Math.abs(value - (theirs[place] ?? NaN));
    if (Number.isNaN(apart)) return Infinity;
    difference = Math.max(difference, apart);
    scale = Math.max(scale, Math.abs(value));
  }
  return difference / scale;
}
