// @vitest-environment node
import { describe, expect, test } from "vitest";
import {
  indexNear,
  joined,
  noMeasurements,
  pointsOf,
  recentMean,
  since,
  smoothed,
} from "../../../renderer/train/measurements.ts";
import { exampleMeasurements } from "../examples.ts";

describe("joining", () => {
  test("newer steps are appended", () => {
    const both = joined(exampleMeasurements([1, 2]), exampleMeasurements([3]));
    expect(both).toEqual(exampleMeasurements([1, 2, 3]));
  });

  test("nothing joined with nothing is nothing", () => {
    expect(joined(noMeasurements, noMeasurements).steps).toEqual([]);
    const known = exampleMeasurements([1]);
    expect(joined(known, noMeasurements)).toEqual(known);
    expect(joined(noMeasurements, known)).toEqual(known);
  });

  test("a step that comes twice is kept once, and the later word counts", () => {
    const both = joined(
      exampleMeasurements([1, 2, 3], () => 0),
      exampleMeasurements([2, 3, 4], () => 9),
    );
    expect(both.steps).toEqual([1, 2, 3, 4]);
    expect(both.values.lossGenerator).toEqual([0, 9, 9, 9]);
  });

  test("steps that come late find their place", () => {
    const both = joined(exampleMeasurements([1, 5]), exampleMeasurements([2, 3]));
    expect(both).toEqual(exampleMeasurements([1, 2, 3, 5]));
  });

  test("what was known is not changed", () => {
    const known = exampleMeasurements([1, 2]);
    joined(known, exampleMeasurements([2, 3]));
    expect(known).toEqual(exampleMeasurements([1, 2]));
  });
});

test("what is no number becomes a gap", () => {
  const measurements = exampleMeasurements(
    [1, 2, 3],
    (step) => [5, Infinity, Number.NaN][step - 1] ?? 0,
  );
  expect(pointsOf(measurements, "scoreReal")).toEqual([
    { x: 1, y: 5 },
    { x: 2, y: Number.NaN },
    { x: 3, y: Number.NaN },
  ]);
});

describe("smoothing", () => {
  test("a constant stays what it is from the first point on", () => {
    const flat = [1, 2, 3].map((x) => ({ x, y: 4 }));
    for (const { y } of smoothed(flat, 0.9)) expect(y).toBeCloseTo(4, 12);
  });

  test("no smoothing changes nothing", () => {
    const points = [3, 1, 2].map((y, x) => ({ x, y }));
    expect(smoothed(points, 0)).toEqual(points);
  });

  test("two points weigh as the average says", () => {
    const [, second] = smoothed(
      [
        { x: 0, y: 0 },
        { x: 1, y: 1 },
      ],
      0.5,
    );
    // 0.5·1 of a weight of 0.75.
    expect(second?.y).toBeCloseTo(2 / 3, 12);
  });

  test("a thinned curve is as smooth as it was whole", () => {
    const steps = Array.from({ length: 400 }, (_, x) => ({ x, y: x < 200 ? 0 : 1 }));
    const whole = smoothed(steps, 0.99, 1);
    const thin = smoothed(
      steps.filter(({ x }) => x % 8 === 0),
      0.99,
      1,
    );
    expect(thin.at(-1)?.y).toBeCloseTo(whole[392]?.y ?? 0, 1);
  });

  test("a gap stays a gap and does not spoil what follows", () => {
    const soft = smoothed(
      [1, Number.NaN, 1].map((y, x) => ({ x, y })),
      0.5,
    );
    expect(soft.map(({ y }) => y)).toEqual([1, Number.NaN, 1]);
  });
});

test("what came since a step leaves out the step itself", () => {
  expect(since(exampleMeasurements([1, 2, 5]), 2)).toEqual(exampleMeasurements([5]));
  expect(since(exampleMeasurements([1, 2]), 2).steps).toEqual([]);
});

test("the nearest measurement to a step is found, also beyond both ends", () => {
  const steps = [10, 20, 40];
  expect([-5, 10, 14, 16, 29, 31, 99].map((step) => indexNear(steps, step))).toEqual([
    0, 0, 0, 1, 1, 2, 2,
  ]);
  expect(indexNear([], 3)).toBe(-1);
});

test("the recent mean speaks of the newest values only", () => {
  expect(recentMean([100, 1, 3], 2)).toBe(2);
  expect(recentMean([5], 20)).toBe(5);
  expect(recentMean([], 20)).toBeNull();
  expect(recentMean([1, Number.NaN, 3], 3)).toBe(2);
});

test("a newest value that is no number is not averaged away", () => {
  expect(recentMean([1, 1, Number.NaN], 3)).toBeNaN();
  expect(recentMean([1, 1, Infinity], 3)).toBe(Infinity);
});
