import { describe, expect, it } from "vitest";
import { frechetDistance, frechetDistanceOf } from "../../../main/metrics/frechet-distance.ts";
import { momentsOf, regrouped } from "../../../main/metrics/moments.ts";
import { cross, gaussian } from "./rows.ts";

describe("the Fréchet distance", () => {
  it("of normal distributions that are multiples of each other is the known one", () => {
    const size = 16;
    const [a, b] = [cross(size, 0, 1), cross(size, 0.5, 3)];
    // |μ₁ − μ₂|² + size · (σ₁ − σ₂)²
    const expected = size * 0.5 ** 2 + size * (3 - 1) ** 2;
    expect(frechetDistance(a, b, 1).value).toBeCloseTo(expected, 4);
  });

  it("of two covariances that do not commute is that of their closed form in two dimensions", () => {
    const a = { mean: new Float64Array(2), covariance: Float64Array.of(2, 1, 1, 3), size: 2 };
    const b = { mean: Float64Array.of(1, 2), covariance: Float64Array.of(4, -1, -1, 1), size: 2 };
    // For 2×2 matrices tr √(AB) = √(tr AB + 2 √det AB).
    const trace = 2 * 4 + 1 * -1 + 1 * -1 + 3 * 1;
    const root = Math.sqrt(trace + 2 * Math.sqrt((2 * 3 - 1) * (4 * 1 - 1)));
    expect(frechetDistanceOf(a, b)).toBeCloseTo(1 + 4 + 5 + 5 - 2 * root, 12);
    expect(frechetDistanceOf(b, a)).toBeCloseTo(1 + 4 + 5 + 5 - 2 * root, 12);
  });

  it("of a set to itself is nothing", () => {
    const rows = gaussian(500, 20, { seed: 1 });
    expect(frechetDistance(rows, rows, 1).value).toBeLessThan(1e-10);
  });

  it("bears features that are always zero, or the same in all images", () => {
    const rows = gaussian(200, 4, { seed: 2 });
    const dead = { values: rows.values.map((x, i) => (i % 4 === 2 ? 0 : x)), size: 4 };
    const still = { values: new Float32Array(800).fill(1), size: 4 };
    expect(frechetDistance(dead, dead, 1).value).toBeLessThan(1e-10);
    const { covariance, mean } = momentsOf(rows);
    const trace = [0, 5, 10, 15].reduce((sum, at) => sum + covariance[at]!, 0);
    const between = mean.reduce((sum, x) => sum + (x - 1) ** 2, 0);
    expect(frechetDistance(rows, still, 1).value).toBeCloseTo(trace + between, 4);
  });

  it("does not depend on where zero is", () => {
    const [a, b] = [gaussian(300, 8, { seed: 3 }), gaussian(300, 8, { seed: 4, mean: 0.3 })];
    const far = (rows: typeof a) => ({ ...rows, values: rows.values.map((x) => x + 100) });
    expect(frechetDistance(far(a), far(b), 1).value).toBeCloseTo(frechetDistance(a, b, 1).value, 3);
  });

  it("has an interval around it that is the same for the same seed", () => {
    const [a, b] = [gaussian(400, 8, { seed: 5 }), gaussian(400, 8, { seed: 6, mean: 0.5 })];
    const found = frechetDistance(a, b, 9);
    expect(found.low).toBeLessThan(found.value);
    expect(found.high).toBeGreaterThan(found.value);
    expect(found).toEqual(frechetDistance(a, b, 9));
    expect(found.low).not.toBe(frechetDistance(a, b, 10).low);
  });
});

describe("moments", () => {
  it("put together from all groups once are those of the whole", () => {
    const rows = gaussian(103, 5, { seed: 8, mean: 1 });
    const whole = momentsOf(rows);
    const again = regrouped(rows, 10)([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    for (const [i, value] of again.covariance.entries()) {
      expect(value).toBeCloseTo(whole.covariance[i]!, 12);
    }
    expect(regrouped(rows, 10)([0, 0, 0]).mean).not.toEqual(whole.mean);
  });
});
