// @vitest-environment node
import { expect, test } from "vitest";
import { downsample, type Point } from "../../../renderer/shared/downsample.ts";

const curve = (length: number, valueOf: (x: number) => number): Point[] =>
  Array.from({ length }, (_, x) => ({ x, y: valueOf(x) }));

test("a short curve is left as it is", () => {
  const points = curve(10, (x) => x);
  expect(downsample(points, 10)).toEqual(points);
});

test("a long curve keeps its ends, its order and about as many points as asked", () => {
  const points = curve(20_000, (x) => Math.sin(x / 100));
  const thinned = downsample(points, 500);
  expect(thinned.length).toBe(500);
  expect(thinned[0]).toEqual(points[0]);
  expect(thinned.at(-1)).toEqual(points.at(-1));
  expect(thinned.every(({ x }, i) => i === 0 || x > (thinned[i - 1]?.x ?? x))).toBe(true);
});

test("a single spike among twenty thousand points is kept", () => {
  const thinned = downsample(
    curve(20_000, (x) => (x === 12_345 ? 100 : 0)),
    200,
  );
  expect(thinned).toContainEqual({ x: 12_345, y: 100 });
});

test("a gap stays a gap, and nothing that is no number is taken for a value", () => {
  const thinned = downsample(
    curve(3000, (x) => (x >= 1000 && x < 2000 ? Number.NaN : 1)),
    300,
  );
  const gaps = thinned.filter(({ y }) => Number.isNaN(y));
  expect(gaps.length).toBe(1);
  expect(thinned.some(({ x, y }) => y === 1 && x >= 1000 && x < 2000)).toBe(false);
  const before = thinned.findIndex(({ y }) => Number.isNaN(y));
  expect(thinned[before - 1]?.x).toBe(999);
  expect(thinned[before + 1]?.x).toBe(2000);
});

test("a curve without a single number becomes nothing", () => {
  expect(
    downsample(
      curve(2000, () => Number.NaN),
      100,
    ),
  ).toEqual([]);
});
