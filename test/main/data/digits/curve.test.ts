import { describe, expect, it } from "vitest";
import { appendCurve } from "../../../../main/data/digits/curve.ts";

function curveThrough(points: number[], spacing = 1): number[][] {
  const out: number[] = [];
  appendCurve(points, spacing, out);
  return Array.from({ length: out.length / 2 }, (_, i) => out.slice(2 * i, 2 * i + 2));
}

describe("a curve through points", () => {
  it("passes every point and stays near them", () => {
    const points = [0, 0, 10, 20, 50, 22, 60, 80];
    const curve = curveThrough(points);
    for (let i = 0; i < points.length; i += 2) {
      const [x = NaN, y = NaN] = points.slice(i, i + 2);
      const nearest = Math.min(...curve.map(([cx = 0, cy = 0]) => Math.hypot(cx - x, cy - y)));
      expect(nearest).toBeLessThan(1e-9);
    }
    expect(curve.every(([x = NaN, y = NaN]) => x > -8 && x < 68 && y > -8 && y < 88)).toBe(true);
  });

  it("is straight through two points, in steps of the spacing", () => {
    expect(curveThrough([0, 0, 4, 0])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [3, 0],
      [4, 0],
    ]);
  });

  it("bends without a corner at a point in the middle", () => {
    const curve = curveThrough([0, 0, 50, 50, 100, 0], 2);
    const turns = curve.slice(1, -1).map(([x = 0, y = 0], i) => {
      const [ax = 0, ay = 0] = curve[i] ?? [];
      const [bx = 0, by = 0] = curve[i + 2] ?? [];
      const turn = Math.atan2(by - y, bx - x) - Math.atan2(y - ay, x - ax);
      return Math.abs(turn);
    });
    expect(Math.max(...turns)).toBeLessThan(0.3);
  });

  it("gives numbers even where points coincide", () => {
    expect(curveThrough([5, 5, 5, 5, 9, 9, 9, 9]).flat().every(Number.isFinite)).toBe(true);
  });
});
