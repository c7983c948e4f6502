import { describe, expect, it } from "vitest";
import { symmetricEigen } from "../../../main/engine/explore/symmetric-eigen.ts";
import { eigenvalues } from "../../../main/metrics/eigenvalues.ts";
import { normal } from "../../../main/random/philox.ts";

const sorted = (values: Float64Array) => values.slice().sort();

function symmetric(size: number, seed: number): Float64Array {
  const drawn = normal([seed, 1], size * size);
  return Float64Array.from(
    drawn,
    (value, i) => value + drawn[(i % size) * size + Math.floor(i / size)]!,
  );
}

describe("eigenvalues of a symmetric matrix", () => {
  it("are those that Jacobi's method finds", () => {
    for (const size of [1, 2, 3, 8, 33]) {
      const matrix = symmetric(size, size);
      const expected = sorted(symmetricEigen(matrix, size).values);
      const found = sorted(eigenvalues(matrix, size));
      for (const [i, value] of found.entries()) expect(value).toBeCloseTo(expected[i]!, 10);
    }
  });

  it("are the diagonal of a diagonal matrix, also with zeros and repeats", () => {
    const values = [3, 0, 3, -1];
    const matrix = Float64Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? values[i / 5]! : 0));
    expect([...sorted(eigenvalues(matrix, 4))]).toEqual([-1, 0, 3, 3]);
  });

  it("of a matrix of rank one are its length and zeros", () => {
    const found = sorted(eigenvalues(new Float64Array(36).fill(1), 6));
    expect(found[5]).toBeCloseTo(6, 12);
    for (const value of found.subarray(0, 5)) expect(value).toBeCloseTo(0, 12);
  });

  it("are found of features that depend on each other, of which rounding alone is left", () => {
    // A reflection of a graded diagonal, whose entries fall below the largest one's rounding.
    const size = 120;
    const graded = Float64Array.from({ length: size }, (_, i) => 10 ** (-i / 5));
    const v = normal([3, 1], size);
    const length = v.reduce((sum, x) => sum + x * x, 0);
    const turn = (i: number, j: number) => (i === j ? 1 : 0) - (2 * v[i]! * v[j]!) / length;
    const matrix = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = 0; k < size; k++) sum += turn(i, k) * graded[k]! * turn(j, k);
        matrix[i * size + j] = matrix[j * size + i] = sum;
      }
    }
    const found = sorted(eigenvalues(matrix, size)).reverse();
    for (const [i, value] of found.entries())
      expect(Math.abs(value - graded[i]!)).toBeLessThan(1e-14);
  });

  it("do not lose entries that are small beside their neighbours", () => {
    const small = 1e-9;
    const matrix = Float64Array.of(1, 0.5, small, 0.5, 2, 1, small, 1, 4);
    const cubes = eigenvalues(matrix, 3).reduce((sum, x) => sum + x ** 3, 0);
    // The trace of the third power: of the diagonal, of the pairs, of the one triangle.
    const pairs = 3 * (0.25 * 3 + 6 + 5 * small ** 2);
    expect(cubes).toBeCloseTo(1 + 8 + 64 + pairs + 6 * 0.5 * small, 12);
  });

  it("leave the matrix as it was", () => {
    const matrix = symmetric(5, 9);
    const before = matrix.slice();
    eigenvalues(matrix, 5);
    expect(matrix).toEqual(before);
  });

  it("of what is no number are refused, not searched for ever", () => {
    expect(() => eigenvalues(new Float64Array(9).fill(NaN), 3)).toThrow("do not converge");
  });
});
