// @vitest-environment node
import { expect, test } from "vitest";
import { createTimeLeft } from "../../../renderer/shared/time-left.ts";

function timed() {
  const clock = { now: 0 };
  return { clock, left: createTimeLeft(() => clock.now) };
}

test("the rest takes as long as what was seen, from wherever it was first seen", () => {
  const { clock, left } = timed();
  expect(left.at(0.5)).toBeNull();
  clock.now = 4000;
  expect(left.at(0.75)).toBe(4);
});

test("nothing is said too early, nor without a share", () => {
  const { clock, left } = timed();
  left.at(0);
  clock.now = 1000;
  expect(left.at(0.5)).toBeNull();
  clock.now = 9000;
  expect(left.at(0.005)).toBeNull();
  expect(left.at(null)).toBeNull();
});

test("what goes back is timed from there", () => {
  const { clock, left } = timed();
  left.at(0.8);
  clock.now = 5000;
  expect(left.at(0.1)).toBeNull();
  clock.now = 7000;
  expect(left.at(0.6)).toBeCloseTo(1.6, 9);
});
