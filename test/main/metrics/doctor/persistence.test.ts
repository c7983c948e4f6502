import { expect, test } from "vitest";
import { holdingSince, latest, median } from "../../../../main/metrics/doctor/persistence.ts";

const course = (values: number[], every = 10) => ({
  steps: values.map((_, index) => (index + 1) * every),
  values,
});
const isHigh = (value: number) => value > 1;

test("a median is the middle, or between the two middle values", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([])).toBeNaN();
});

test("single jumps do not count, in either direction", () => {
  const low = Array.from({ length: 30 }, (_, index) => (index % 5 === 0 ? 9 : 0));
  expect(holdingSince(course(low), isHigh)).toBeNull();
  const high = low.map((value) => 9 - value);
  expect(holdingSince(course(high), isHigh)).not.toBeNull();
});

test("what holds since a step is told with about that step", () => {
  const values = Array.from({ length: 40 }, (_, index) => (index < 20 ? 0 : 2));
  const since = holdingSince(course(values), isHigh);
  expect(since).toBeGreaterThan(200);
  expect(since).toBeLessThanOrEqual(270);
});

test("what does not hold any more is not told", () => {
  const values = Array.from({ length: 40 }, (_, index) => (index < 30 ? 2 : 0));
  expect(holdingSince(course(values), isHigh)).toBeNull();
});

test("nothing is said of too few steps, or of too short a time", () => {
  expect(holdingSince(course([]), isHigh)).toBeNull();
  expect(holdingSince(course([2, 2, 2, 2]), isHigh)).toBeNull();
  expect(latest(course([2, 2, 2, 2]))).toBeNull();
  const young = Array.from({ length: 24 }, (_, index) => (index < 20 ? 0 : 2));
  expect(holdingSince(course(young), isHigh, { over: 20 })).toBeNull();
});

test("a run that is measured seldom is looked at over as many values as are needed", () => {
  expect(holdingSince(course([2, 2, 2, 2, 2], 100), isHigh)).toBe(300);
  expect(holdingSince(course([0, 0, 2, 2], 100), isHigh)).toBeNull();
});
