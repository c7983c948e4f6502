/**
 * Intervals by resampling (Efron 1979): what a value would have been for other images of the same
 * generator. They tell nothing of a value's bias from finitely many images, and nothing of another
 * seed's training.
 */
import { words } from "../random/philox.ts";
import { streamSeed } from "../random/streams.ts";
import type { Estimate } from "../spec/evaluation.ts";

/** How many times each interval draws. */
const resamples = 200;

/** Places of `count` items, drawn with replacement; the same for the same seed and `draw`. */
function resample(count: number, seed: number, draw: number): Uint32Array {
  const drawn = words(streamSeed(seed, "bootstrap", draw), count);
  // The bias of scaling a 32-bit word is below 2⁻³² · count.
  return drawn.map((word) => Math.floor((word / 0x1_0000_0000) * count));
}

/** The percentile interval of what `statistic` gives for resampled places of `count` items. */
export function percentileInterval(
  count: number,
  seed: number,
  statistic: (places: Uint32Array) => number,
): { low: number; high: number } {
  return quantilesOf(resampled(count, seed, statistic));
}

function quantilesOf(values: Float64Array): { low: number; high: number } {
  const sorted = values.toSorted();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
  return { low: at(0.025), high: at(0.975) };
}

/**
 * The same about `value`, for a statistic that resampling itself moves, such as an entropy of many classes,
 * of which each resampling loses some: it is taken back by as much as the resampled values' mean is off
 * (Efron and Tibshirani 1993, chapter 10).
 */
export function centredInterval(
  value: number,
  count: number,
  seed: number,
  statistic: (places: Uint32Array) => number,
): { low: number; high: number } {
  const values = resampled(count, seed, statistic);
  const moved = values.reduce((sum, one) => sum + one, 0) / values.length - value;
  const { low, high } = quantilesOf(values);
  // Of infinite values none can be taken from another.
  if (!Number.isFinite(moved)) return { low: Math.min(low, value), high: Math.max(high, value) };
  return { low: Math.min(low - moved, value), high: Math.max(high - moved, value) };
}

/** What `statistic` gives for each resampling. */
export const resampled = (
  count: number,
  seed: number,
  statistic: (places: Uint32Array) => number,
  times = resamples,
): Float64Array =>
  Float64Array.from({ length: times }, (_, draw) => statistic(resample(count, seed, draw)));

/** The mean of `values` with its percentile interval. */
export function meanEstimate(values: ArrayLike<number>, seed: number): Estimate {
  const count = values.length;
  const mean = (places: ArrayLike<number> | null) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += values[places ? (places[i] as number) : i] as number;
    return sum / count;
  };
  return { value: mean(null), ...percentileInterval(count, seed, mean) };
}
