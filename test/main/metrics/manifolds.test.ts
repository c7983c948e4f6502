import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../../main/engine/backend/backend.ts";
import { diversity } from "../../../main/metrics/diversity.ts";
import { manifoldMetrics } from "../../../main/metrics/manifolds.ts";
import { memorisation } from "../../../main/metrics/memorisation.ts";
import { nearestDistances, radiiOf } from "../../../main/metrics/neighbours.ts";
import { engines } from "../../support/engines.ts";
import { gaussian } from "./rows.ts";

describe.each(engines)("on $title", ({ name, missing }) => {
  describe.skipIf(missing)("distances", () => {
    beforeAll(() => loadBackend(name));

    it("to the nearest are the known ones on a line", async () => {
      const line = { values: Float32Array.of(0, 1, 3, 7), size: 1 };
      const [first, third] = await radiiOf(line, [1, 3]);
      expect([...first!]).toEqual([1, 1, 4, 16]);
      expect([...third!]).toEqual([49, 36, 16, 49]);
      const probes = { values: Float32Array.of(-2, 3, 6), size: 1 };
      expect([...(await nearestDistances(probes, line))]).toEqual([4, 0, 1]);
    });

    it("see a row's copy as another row", async () => {
      const [radii] = await radiiOf({ values: Float32Array.of(5, 5, 9), size: 1 }, [1]);
      expect([...radii!]).toEqual([0, 0, 16]);
    });

    it("go over blocks as over one", async () => {
      const rows = gaussian(3000, 2, { seed: 1 });
      const [radii] = await radiiOf(rows, [2]);
      // By hand for the last, which is in the last block.
      const [x, y] = [rows.values.at(-2)!, rows.values.at(-1)!];
      const all = Array.from(
        { length: 2999 },
        (_, i) => (rows.values[2 * i]! - x) ** 2 + (rows.values[2 * i + 1]! - y) ** 2,
      ).sort((a, b) => a - b);
      expect(radii!.at(-1)).toBeCloseTo(all[1]!, 5);
    });
  });

  describe.skipIf(missing)("precision, recall, density and coverage", () => {
    beforeAll(() => loadBackend(name));

    it("of a set and itself are all there", async () => {
      const rows = gaussian(300, 6, { seed: 2 });
      const found = await manifoldMetrics(rows, rows, 1);
      expect(found.precision.value).toBe(1);
      expect(found.recall.value).toBe(1);
      expect(found.coverage.value).toBe(1);
      // Each row lies in its own ball and, on average, in five others.
      expect(found.density.value).toBeCloseTo(6 / 5, 6);
    });

    it("of sets far from each other are nothing", async () => {
      const found = await manifoldMetrics(
        gaussian(200, 6, { seed: 3 }),
        gaussian(200, 6, { seed: 4, mean: 50 }),
        1,
      );
      for (const { value, low, high } of Object.values(found)) {
        expect([value, low, high]).toEqual([0, 0, 0]);
      }
    });

    it("tell a generator that draws well but little from one that draws much but badly", async () => {
      const real = gaussian(600, 4, { seed: 5 });
      const little = await manifoldMetrics(real, gaussian(600, 4, { seed: 6, deviation: 0.3 }), 1);
      const much = await manifoldMetrics(real, gaussian(600, 4, { seed: 6, deviation: 3 }), 1);
      expect(little.precision.value).toBeGreaterThan(0.95);
      expect(little.recall.value).toBeLessThan(0.5);
      expect(much.precision.value).toBeLessThan(0.5);
      expect(much.recall.value).toBeGreaterThan(0.8);
    });

    it("of one image over and over recall nothing", async () => {
      const real = gaussian(200, 4, { seed: 7 });
      const one = { values: new Float32Array(800).fill(0.1), size: 4 };
      const found = await manifoldMetrics(real, one, 1);
      expect(found.precision.value).toBe(1);
      expect(found.recall.value).toBe(0);
      expect(found.coverage.value).toBeLessThan(0.2);
    });
  });

  describe.skipIf(missing)("memorisation", () => {
    beforeAll(() => loadBackend(name));
    const training = gaussian(400, 5, { seed: 8 });
    const heldOut = gaussian(300, 5, { seed: 9 });

    it("is one for copies and a half for new images of the same kind", async () => {
      const copies = { values: training.values.slice(0, 200 * 5), size: 5 };
      expect((await memorisation(training, heldOut, copies, 1)).value).toBe(1);
      const fresh = await memorisation(training, heldOut, gaussian(300, 5, { seed: 10 }), 1);
      expect(fresh.value).toBeGreaterThan(0.42);
      expect(fresh.value).toBeLessThan(0.58);
      expect(fresh.low).toBeLessThan(0.5);
      expect(fresh.high).toBeGreaterThan(0.5);
    });

    it("is nothing for images that are far from all, and a half against itself", async () => {
      const far = gaussian(100, 5, { seed: 11, mean: 20 });
      expect((await memorisation(training, heldOut, far, 1)).value).toBe(0);
      expect((await memorisation(training, heldOut, heldOut, 1)).value).toBeCloseTo(0.5, 12);
    });
  });

  describe.skipIf(missing)("diversity", () => {
    beforeAll(() => loadBackend(name));

    it("is one for real images, nothing for one image over and over", async () => {
      const real = gaussian(500, 6, { seed: 12 });
      const alike = gaussian(64, 6, { seed: 13 });
      expect((await diversity(real, alike, 1)).value).toBeCloseTo(1, 1);
      const half = { ...alike, values: alike.values.map((x) => x / 2) };
      const whole = (await diversity(real, alike, 1)).value;
      expect((await diversity(real, half, 1)).value).toBeCloseTo(whole / 2, 4);
      const one = { values: new Float32Array(64 * 6).fill(1), size: 6 };
      expect((await diversity(real, one, 1)).value).toBeLessThan(1e-3);
    });
  });
});
