/**
 * Eigenvalues of a symmetric matrix without its eigenvectors: Householder's reduction to tridiagonal
 * form, then QL steps with implicit shifts (Golub and Van Loan, «Matrix computations», sections 8.3.1
 * and 8.3.3; EISPACK's tred1 and imtql1). Float64 on the host; 128×128 takes some milliseconds, where
 * Jacobi's method (main/engine/explore/symmetric-eigen.ts), which gives the vectors too, takes hundreds.
 */

/** Steps for one eigenvalue; 2 are usual. */
const stepsAtMost = 60;

/** @param matrix [size, size], row after row; not changed. In no order. Throws for values that are no numbers. */
export function eigenvalues(matrix: Float64Array, size: number): Float64Array {
  const { diagonal, beside } = tridiagonal(matrix.slice(), size);
  // The reduction has rounded by as much. Held against its neighbours instead, what is rounding alone would
  // never become small: features that depend on each other leave whole blocks of it.
  const rounding = Number.EPSILON * largestSum(diagonal, beside);
  for (let low = 0; low < size; low++) {
    for (let step = 0; ; step++) {
      const high = endOfBlock(beside, low, rounding);
      if (high === low) break;
      if (step === stepsAtMost) throw new Error("the eigenvalues do not converge");
      turn(diagonal, beside, low, high);
    }
  }
  return diagonal;
}

/** The matrix as diagonal and the entries beside it: `beside[i]` at (i, i + 1). Overwrites `a`. */
function tridiagonal(a: Float64Array, size: number) {
  const diagonal = new Float64Array(size);
  const beside = new Float64Array(size);
  const product = new Float64Array(size);
  for (let k = size - 1; k > 0; k--) {
    const row = k * size;
    const last = a[row + k - 1] as number;
    let others = 0;
    for (let i = 0; i < k - 1; i++) others += (a[row + i] as number) ** 2;
    if (others === 0) {
      beside[k - 1] = last;
      continue;
    }
    const squares = others + last * last;
    const norm = last > 0 ? -Math.sqrt(squares) : Math.sqrt(squares);
    beside[k - 1] = norm;
    // The reflection I − v vᵀ / half, v the row with its last entry less the norm.
    a[row + k - 1] = last - norm;
    const half = squares - last * norm;
    let along = 0;
    for (let i = 0; i < k; i++) {
      let sum = 0;
      for (let j = 0; j <= i; j++) sum += (a[i * size + j] as number) * (a[row + j] as number);
      for (let j = i + 1; j < k; j++) sum += (a[j * size + i] as number) * (a[row + j] as number);
      product[i] = sum / half;
      along += (product[i] as number) * (a[row + i] as number);
    }
    const back = along / (2 * half);
    for (let i = 0; i < k; i++) product[i] = (product[i] as number) - back * (a[row + i] as number);
    for (let i = 0; i < k; i++) {
      const v = a[row + i] as number;
      const p = product[i] as number;
      for (let j = 0; j <= i; j++) {
        const at = i * size + j;
        a[at] = (a[at] as number) - v * (product[j] as number) - p * (a[row + j] as number);
      }
    }
  }
  for (let i = 0; i < size; i++) diagonal[i] = a[i * size + i] as number;
  return { diagonal, beside };
}

const largestSum = (diagonal: Float64Array, beside: Float64Array): number =>
  diagonal.reduce(
    (most, entry, i) => Math.max(most, Math.abs(entry) + Math.abs(beside[i] ?? 0)),
    0,
  );

/** The first place from `low` on after which the matrix falls apart. */
function endOfBlock(beside: Float64Array, low: number, rounding: number): number {
  let at = low;
  // So that NaN is never small.
  while (at < beside.length - 1 && !(Math.abs(beside[at] as number) <= rounding)) at++;
  return at;
}

/** One QL step with Wilkinson's shift on the block from `low` to `high`. */
function turn(diagonal: Float64Array, beside: Float64Array, low: number, high: number): void {
  const first = diagonal[low] as number;
  const edge = beside[low] as number;
  const ratio = ((diagonal[low + 1] as number) - first) / (2 * edge);
  const root = Math.hypot(ratio, 1);
  let g = (diagonal[high] as number) - first + edge / (ratio + (ratio < 0 ? -root : root));
  let [sine, cosine, moved] = [1, 1, 0];
  for (let i = high - 1; i >= low; i--) {
    const f = sine * (beside[i] as number);
    const b = cosine * (beside[i] as number);
    const length = Math.hypot(f, g);
    beside[i + 1] = length;
    if (length === 0) {
      diagonal[i + 1] = (diagonal[i + 1] as number) - moved;
      beside[high] = 0;
      return;
    }
    sine = f / length;
    cosine = g / length;
    const d = (diagonal[i + 1] as number) - moved;
    const r = ((diagonal[i] as number) - d) * sine + 2 * cosine * b;
    moved = sine * r;
    diagonal[i + 1] = d + moved;
    g = cosine * r - b;
  }
  diagonal[low] = first - moved;
  beside[low] = g;
  beside[high] = 0;
}
