/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi's rotations (Golub and Van Loan,
 * «Matrix computations», section 8.5): slow for large matrices, accurate for all. Float64 on the host.
 */

export interface Eigen {
  /** Largest first. */
  values: Float64Array;
  /** One of unit length for each value. */
  vectors: Float64Array[];
}

/** Sweeps over all pairs; convergence is quadratic, so that 6 to 10 are usual. */
const sweeps = 40;

/** @param matrix [size, size], row after row; not changed */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const a = matrix.slice();
  // Rows are the vectors in the making, which keeps each rotation in one stretch of memory.
  const rows = new Float64Array(size * size);
  for (let i = 0; i < size; i++) rows[i * size + i] = 1;
  const enough = 1e-24 * squares(a);
  for (let sweep = 0; sweep < sweeps && offDiagonal(a, size) > enough; sweep++) {
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) rotate(a, rows, size, p, q);
    }
  }
  const order = Array.from({ length: size }, (_, i) => i);
  const value = (i: number) => a[i * size + i] as number;
  order.sort((i, j) => value(j) - value(i));
  return {
    values: Float64Array.from(order, value),
    vectors: order.map((i) => rows.slice(i * size, (i + 1) * size)),
  };
}

const squares = (a: Float64Array): number => a.reduce((sum, x) => sum + x * x, 0);

function offDiagonal(a: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) sum += 2 * (a[i * size + j] as number) ** 2;
  }
  return sum;
}

/** Makes the entry at (p, q) zero. */
function rotate(a: Float64Array, rows: Float64Array, size: number, p: number, q: number): void {
  const entry = a[p * size + q] as number;
  if (entry === 0) return;
  const ratio = ((a[q * size + q] as number) - (a[p * size + p] as number)) / (2 * entry);
  const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.hypot(ratio, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (let k = 0; k < size; k++) turn(a, k * size + p, k * size + q, cosine, sine);
  for (let k = 0; k < size; k++) turn(a, p * size + k, q * size + k, cosine, sine);
  for (let k = 0; k < size; k++) turn(rows, p * size + k, q * size + k, cosine, sine);
}

function turn(a: Float64Array, i: number, j: number, cosine: number, sine: number): void {
  const x = a[i] as number;
  const y = a[j] as number;
  a[i] = cosine * x - sine * y;
  a[j] = sine * x + cosine * y;
}
