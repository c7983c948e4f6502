// @vitest-environment node
import { describe, expect, test } from "vitest";
import { keptInside, panned, placesIn, spanned, zoomed } from "../../../renderer/shared/span.ts";

const whole = { from: 0, to: 1000 };

describe("zooming", () => {
  test("keeps the step that it is about in its place on the screen", () => {
    const next = zoomed({ from: 100, to: 500 }, 200, 0.5, whole);
    expect(next).toEqual({ from: 150, to: 350 });
    expect((200 - 150) / 200).toBe((200 - 100) / 400);
  });

  test("out beyond the run shows all of it", () => {
    expect(zoomed({ from: 100, to: 700 }, 300, 2, whole)).toBeNull();
  });

  test("in ends where single steps are told apart", () => {
    const next = zoomed({ from: 100, to: 105 }, 102, 0.01, whole);
    expect((next?.to ?? 0) - (next?.from ?? 0)).toBe(4);
  });

  test("at the end of the run stays inside it", () => {
    expect(zoomed({ from: 800, to: 1000 }, 900, 2, whole)).toEqual({ from: 600, to: 1000 });
  });
});

test("moving stops at both ends and keeps the width", () => {
  expect(panned({ from: 100, to: 300 }, 0.5, whole)).toEqual({ from: 200, to: 400 });
  expect(panned({ from: 100, to: 300 }, -2, whole)).toEqual({ from: 0, to: 200 });
  expect(panned({ from: 700, to: 900 }, 9, whole)).toEqual({ from: 800, to: 1000 });
});

test("a span that is wider than the run becomes the run", () => {
  expect(keptInside({ from: -50, to: 5000 }, whole)).toEqual(whole);
});

test("a stretch is chosen in either direction, but not by an unsteady click", () => {
  expect(spanned(300, 100, whole)).toEqual({ from: 100, to: 300 });
  expect(spanned(-20, 100, whole)).toEqual({ from: 0, to: 100 });
  expect(spanned(100, 102, whole)).toBeNull();
});

test("the points of a span come with one neighbour each side, so that lines go on", () => {
  const points = [0, 10, 20, 30, 40].map((x) => ({ x }));
  expect(placesIn(points, { from: 15, to: 25 })).toEqual([1, 4]);
  expect(placesIn(points, { from: 0, to: 40 })).toEqual([0, 5]);
  expect(placesIn([], whole)).toEqual([0, 0]);
});
