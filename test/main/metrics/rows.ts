/** Sets of rows with a known distribution, for the metrics' tests. */
import { normal } from "../../../main/random/philox.ts";
import type { Rows } from "../../../main/metrics/rows.ts";

/** `count` rows of independent normal numbers. */
export function gaussian(
  count: number,
  size: number,
  { seed, mean = 0, deviation = 1 }: { seed: number; mean?: number; deviation?: number },
): Rows {
  const values = normal([seed, 7], count * size).map((x) => mean + deviation * x);
  return { values, size };
}

/** Rows that have exactly this mean and the covariance deviation² · I: ± √(size) along each axis. */
export function cross(size: number, mean: number, deviation: number): Rows {
  const count = 2 * size;
  const reach = deviation * Math.sqrt((count - 1) / 2);
  const values = new Float32Array(count * size).fill(mean);
  for (let i = 0; i < size; i++) {
    values[2 * i * size + i]! += reach;
    values[(2 * i + 1) * size + i]! -= reach;
  }
  return { values, size };
}
