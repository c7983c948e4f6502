import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../../main/engine/backend/backend.ts";
import { kernelDistance } from "../../../main/metrics/kernel-distance.ts";
import type { Rows } from "../../../main/metrics/rows.ts";
import { engines } from "../../support/engines.ts";
import { gaussian } from "./rows.ts";

/** The definition, pair by pair. */
function byHand(a: Rows, b: Rows): number {
  const { size } = a;
  const kernel = (x: Rows, i: number, y: Rows, j: number) => {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += x.values[i * size + k]! * y.values[j * size + k]!;
    return (sum / size + 1) ** 3;
  };
  const [n, m] = [a.values.length / size, b.values.length / size];
  let value = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) if (i !== j) value += kernel(a, i, a, j) / (n * (n - 1));
  for (let i = 0; i < m; i++)
    for (let j = 0; j < m; j++) if (i !== j) value += kernel(b, i, b, j) / (m * (m - 1));
  for (let i = 0; i < n; i++)
    for (let j = 0; j < m; j++) value -= (2 * kernel(a, i, b, j)) / (n * m);
  return value;
}

describe.each(engines)("the kernel distance on $title", ({ name, missing }) => {
  describe.skipIf(missing)("", () => {
    beforeAll(() => loadBackend(name));

    it("is its definition", async () => {
      const [a, b] = [gaussian(40, 5, { seed: 1 }), gaussian(30, 5, { seed: 2, mean: 0.5 })];
      const { value, low, high } = await kernelDistance(a, b, 1);
      expect(value).toBeCloseTo(byHand(a, b), 5);
      expect(low).toBeLessThan(value);
      expect(high).toBeGreaterThan(value);
    });

    it("of two draws of one distribution is near nothing, and below it as often as above", async () => {
      const values = await Promise.all(
        [3, 4, 5, 6, 7, 8, 9, 10].map(async (seed) => {
          const [a, b] = [gaussian(300, 5, { seed }), gaussian(300, 5, { seed: seed + 20 })];
          return (await kernelDistance(a, b, 1)).value;
        }),
      );
      const moved = gaussian(300, 5, { seed: 23, mean: 0.5 });
      const { value: ofAnother } = await kernelDistance(gaussian(300, 5, { seed: 3 }), moved, 1);
      expect(Math.max(...values.map(Math.abs))).toBeLessThan(ofAnother / 10);
      expect(values.some((value) => value < 0)).toBe(true);
      expect(values.some((value) => value > 0)).toBe(true);
    });

    it("of distributions with equal means and variances but other skewness is seen", async () => {
      const rows = gaussian(2000, 1, { seed: 11 });
      const skewed = {
        ...rows,
        values: gaussian(2000, 1, { seed: 12 }).values.map((x) => (x * x - 1) / Math.SQRT2),
      };
      const { value, low } = await kernelDistance(rows, skewed, 1);
      expect(value).toBeGreaterThan(1);
      expect(low).toBeGreaterThan(0);
    });
  });
});
