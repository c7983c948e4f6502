/** Mean and covariance of rows, in float64, and of sets that are put together from groups of rows. */
import { countOf, part, type Rows } from "./rows.ts";

export interface Moments {
  mean: Float64Array;
  /** [size, size], divided by the number of rows less one. */
  covariance: Float64Array;
  size: number;
}

/** Sums over a group of rows: of the rows, and of their outer products (lower triangle). */
interface Sums {
  count: number;
  rows: Float64Array;
  products: Float64Array;
}

function sumsOf({ values, size }: Rows): Sums {
  const rows = new Float64Array(size);
  const products = new Float64Array(size * size);
  for (let at = 0; at < values.length; at += size) {
    for (let i = 0; i < size; i++) {
      const x = values[at + i] as number;
      rows[i] = (rows[i] as number) + x;
      // Half of what a rectifier gives is zero.
      if (x === 0) continue;
      const row = i * size;
      for (let j = 0; j <= i; j++) {
        products[row + j] = (products[row + j] as number) + x * (values[at + j] as number);
      }
    }
  }
  return { count: values.length / size, rows, products };
}

function momentsOfSums(groups: readonly Sums[], size: number): Moments {
  const mean = new Float64Array(size);
  const covariance = new Float64Array(size * size);
  let count = 0;
  for (const group of groups) {
    count += group.count;
    for (let i = 0; i < size; i++) mean[i] = (mean[i] as number) + (group.rows[i] as number);
    for (let i = 0; i < size; i++) {
      for (let j = i * size; j <= i * size + i; j++) {
        covariance[j] = (covariance[j] as number) + (group.products[j] as number);
      }
    }
  }
  for (let i = 0; i < size; i++) mean[i] = (mean[i] as number) / count;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const outer = count * (mean[i] as number) * (mean[j] as number);
      const entry = ((covariance[i * size + j] as number) - outer) / (count - 1);
      covariance[i * size + j] = entry;
      covariance[j * size + i] = entry;
    }
  }
  return { mean, covariance, size };
}

/** Two rows or more. Rows far from zero lose digits: centre them first. */
export const momentsOf = (rows: Rows): Moments => momentsOfSums([sumsOf(rows)], rows.size);

/**
 * The moments of `groups` equal parts of the rows put together anew, any part as often as its place is
 * named. Rows that are drawn independently may be resampled in groups, and the sums are made once.
 */
export function regrouped(rows: Rows, groups: number): (places: ArrayLike<number>) => Moments {
  const count = countOf(rows);
  const sums = Array.from({ length: groups }, (_, group) =>
    sumsOf(
      part(rows, Math.floor((group * count) / groups), Math.floor(((group + 1) * count) / groups)),
    ),
  );
  return (places) =>
    momentsOfSums(
      Array.from(places, (place) => sums[place] as Sums),
      rows.size,
    );
}
