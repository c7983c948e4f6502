import { describe, expect, it } from "vitest";
import { linear, spherical, vectorsBetween } from "../../../../main/engine/explore/between.ts";

const length = (vector: Float32Array) => Math.hypot(...vector);
const a = Float32Array.of(3, 0, 0);
const b = Float32Array.of(0, 3, 0);

describe("the way between two latent vectors", () => {
  it("starts at the one and ends at the other", () => {
    for (const distribution of ["normal", "uniform"] as const) {
      const vectors = vectorsBetween(a, b, 5, distribution);
      expect([...vectors.subarray(0, 3)]).toEqual([3, 0, 0]);
      expect(vectors[12]).toBeCloseTo(0, 6);
      expect(vectors[13]).toBeCloseTo(3, 6);
    }
  });

  it("keeps the length of normal vectors, which the straight line does not", () => {
    expect(length(spherical(a, b, 0.5))).toBeCloseTo(3, 6);
    expect(length(linear(a, b, 0.5))).toBeCloseTo(3 / Math.SQRT2, 6);
  });

  it("moves by equal angles", () => {
    const third = spherical(a, b, 1 / 3);
    expect(Math.atan2(third[1] ?? 0, third[0] ?? 0)).toBeCloseTo(Math.PI / 6, 6);
  });

  it("is a straight line where both point the same way or one is zero", () => {
    const twice = Float32Array.of(6, 0, 0);
    expect([...spherical(a, twice, 0.5)]).toEqual([4.5, 0, 0]);
    expect([...spherical(a, new Float32Array(3), 0.5)]).toEqual([1.5, 0, 0]);
  });
});
