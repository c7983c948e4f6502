/**
 * The Fréchet distance between two normal distributions with the moments of two sets of features
 * (Dowson and Landau 1982; as a measure of generators Heusel et al. 2017, «GANs trained by a two
 * time-scale update rule», equation 6). The features are ours, so the values are no «FID» of the
 * literature, whose features are the Inception network's. Biased upwards for few images: sets of
 * different sizes must not be compared.
 */
import type { Estimate } from "../spec/evaluation.ts";
import { resampled } from "./bootstrap.ts";
import { eigenvalues } from "./eigenvalues.ts";
import { momentsOf, regrouped, type Moments } from "./moments.ts";
import { centred, columnMeans, countOf, type Rows } from "./rows.ts";

/** |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½), at least 0. */
export function frechetDistanceOf(a: Moments, b: Moments): number {
  return frechetDistanceTo(a)(b);
}

/** Of one distribution to many: the first is taken apart once. */
function frechetDistanceTo(a: Moments): (b: Moments) => number {
  const factor = choleskyOf(a.covariance, a.size);
  const { size } = a;
  return (b) => {
    let distance = 0;
    for (let i = 0; i < size; i++) {
      distance += ((a.mean[i] as number) - (b.mean[i] as number)) ** 2;
      distance += (a.covariance[i * size + i] as number) + (b.covariance[i * size + i] as number);
    }
    // LᵀΣ₂L has the eigenvalues of Σ₁Σ₂ = LLᵀΣ₂ and is symmetric.
    const values = eigenvalues(between(factor, b.covariance, size), size);
    return Math.max(
      0,
      distance - 2 * values.reduce((sum, x) => sum + Math.sqrt(Math.max(0, x)), 0),
    );
  };
}

/** Lower triangular L with LLᵀ the matrix; a pivot that is zero, as of a unit that is never active, stays. */
function choleskyOf(matrix: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(size * size);
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, matrix[i * size + i] as number);
  for (let j = 0; j < size; j++) {
    const pivot = entry(matrix, factor, size, j, j);
    if (pivot <= size * Number.EPSILON * largest) continue;
    const root = Math.sqrt(pivot);
    factor[j * size + j] = root;
    for (let i = j + 1; i < size; i++) {
      factor[i * size + j] = entry(matrix, factor, size, i, j) / root;
    }
  }
  return factor;
}

function entry(matrix: Float64Array, factor: Float64Array, size: number, i: number, j: number) {
  let sum = matrix[i * size + j] as number;
  for (let k = 0; k < j; k++) {
    sum -= (factor[i * size + k] as number) * (factor[j * size + k] as number);
  }
  return sum;
}

/** Lᵀ M L of a lower triangular L and a symmetric M. */
function between(factor: Float64Array, matrix: Float64Array, size: number): Float64Array {
  const half = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const x = matrix[i * size + k] as number;
      if (x === 0) continue;
      for (let j = 0; j <= k; j++) {
        half[i * size + j] = (half[i * size + j] as number) + x * (factor[k * size + j] as number);
      }
    }
  }
  const whole = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    for (let i = 0; i <= k; i++) {
      const x = factor[k * size + i] as number;
      if (x === 0) continue;
      for (let j = 0; j < size; j++) {
        whole[i * size + j] = (whole[i * size + j] as number) + x * (half[k * size + j] as number);
      }
    }
  }
  return whole;
}

/** Groups that the generated images are resampled in. */
const groups = 100;

/**
 * From real to generated features. Resampling repeats images, which itself widens the distance; so the
 * interval is the resampled values' standard deviation, 1.96 times, on both sides of the value.
 */
export function frechetDistance(real: Rows, generated: Rows, seed: number): Estimate {
  const means = columnMeans(real);
  const distanceTo = frechetDistanceTo(momentsOf(centred(real, means)));
  const near = centred(generated, means);
  const value = distanceTo(momentsOf(near));
  const used = Math.min(groups, countOf(generated));
  const anew = regrouped(near, used);
  // A deviation is known well enough from fewer than quantiles are; time grows with the size's third power.
  const times = real.size > 256 ? 20 : 50;
  const values = resampled(used, seed, (places) => distanceTo(anew(places)), times);
  const reach = 1.96 * deviationOf(values);
  return { value, low: Math.max(0, value - reach), high: value + reach };
}

function deviationOf(values: Float64Array): number {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
