/**
 * Numbers about a handful of images, from their pixels alone: how different they are from each other,
 * how many are twins, how many pixels stand at the ends of the range. Cheap enough to be measured while a
 * run trains; what they leave out (whether two images mean the same) needs a feature network.
 */

/** Images side by side: pixels in [−1, 1], and the class of each where the networks are told of it. */
export interface Sheet {
  pixels: Float32Array;
  count: number;
  labels: ArrayLike<number> | null;
}

interface Distances {
  /** Mean distance of two images of a class; NaN where no two are of one. */
  mean: number;
  /** Distance of each image to the nearest other of its class; Infinity where there is none. */
  nearest: Float64Array;
}

/** Root of the mean squared difference of two images' pixels: 0 for the same, 2 at most. */
export function distancesIn({ pixels, count, labels }: Sheet): Distances {
  const size = pixels.length / count;
  const nearest = new Float64Array(count).fill(Infinity);
  let sum = 0;
  let pairs = 0;
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      if (labels && labels[a] !== labels[b]) continue;
      const distance = distanceOf(pixels, a * size, b * size, size);
      sum += distance;
      pairs++;
      nearest[a] = Math.min(nearest[a] as number, distance);
      nearest[b] = Math.min(nearest[b] as number, distance);
    }
  }
  return { mean: sum / pairs, nearest };
}

function distanceOf(pixels: Float32Array, first: number, second: number, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) {
    const difference = (pixels[first + i] as number) - (pixels[second + i] as number);
    sum += difference * difference;
  }
  return Math.sqrt(sum / size);
}

/** Images nearer to each other than this share of the mean distance of two real ones are twins. */
const twinDistance = 0.1;

/** `diversity` and `duplicates` of a checkup: generated images held against as many real ones. */
export function variety(
  generated: Sheet,
  real: Pick<Distances, "mean">,
): { diversity: number; duplicates: number } {
  const { mean, nearest } = distancesIn(generated);
  const twins = nearest.filter((distance) => distance < twinDistance * real.mean);
  return { diversity: mean / real.mean, duplicates: twins.length / generated.count };
}

/** Values beyond this are at the end of the range: tanh passes less than a fiftieth of a gradient on. */
const end = 0.99;

/** Share of pixels at either end of [−1, 1]. */
export function saturation(pixels: Float32Array): number {
  let ends = 0;
  for (const value of pixels) if (value > end || value < -end) ends++;
  return ends / pixels.length;
}

/** The least and the largest value. */
export function rangeOf(pixels: Float32Array): { low: number; high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (const value of pixels) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { low, high };
}

/** Images of the most common class for each of the rarest that has any; NaN for fewer than two. */
export function imbalanceOf(labels: ArrayLike<number>): number {
  const counts = new Map<number, number>();
  for (const label of Array.from(labels)) counts.set(label, (counts.get(label) ?? 0) + 1);
  if (counts.size < 2) return NaN;
  return Math.max(...counts.values()) / Math.min(...counts.values());
}
