import { describe, expect, it } from "vitest";
import { symmetricEigen } from "../../../../main/engine/explore/symmetric-eigen.ts";
import { normal } from "../../../../main/random/philox.ts";

/** A symmetric matrix with known eigenvalues is Q Λ Qᵀ; here any symmetric one is taken apart again. */
function example(size: number): Float64Array {
  const values = normal([1, 2], size * size);
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      matrix[i * size + j] = values[i * size + j]! + values[j * size + i]!;
    }
  }
  return matrix;
}

describe("eigenvectors of a symmetric matrix", () => {
  it("multiply by their eigenvalues, largest first, and stand on each other", () => {
    const size = 40;
    const matrix = example(size);
    const { values, vectors } = symmetricEigen(matrix, size);
    expect([...values]).toEqual([...values].sort((x, y) => y - x));
    for (const [index, vector] of vectors.entries()) {
      for (let row = 0; row < size; row++) {
        const product = vector.reduce((sum, x, k) => sum + matrix[row * size + k]! * x, 0);
        expect(product).toBeCloseTo(values[index]! * vector[row]!, 9);
      }
      for (const [other, against] of vectors.entries()) {
        const dot = vector.reduce((sum, x, k) => sum + x * against[k]!, 0);
        expect(dot).toBeCloseTo(index === other ? 1 : 0, 10);
      }
    }
  });

  it("of a diagonal matrix are the axes", () => {
    const { values, vectors } = symmetricEigen(Float64Array.of(1, 0, 0, 4), 2);
    expect([...values]).toEqual([4, 1]);
    expect(vectors.map((vector) => [...vector])).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  it("of zeros are zero", () => {
    expect([...symmetricEigen(new Float64Array(9), 3).values]).toEqual([0, 0, 0]);
  });
});
