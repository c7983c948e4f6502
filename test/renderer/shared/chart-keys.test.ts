// @vitest-environment node
import { expect, test } from "vitest";
import { keyOf, stepBeside } from "../../../renderer/shared/chart-keys.ts";

const key = (name: string, shiftKey = false) => keyOf({ key: name, shiftKey });

test("arrows read, with Shift they move, plus and minus zoom, Escape shows all", () => {
  expect(key("ArrowRight")).toEqual({ kind: "move", by: 1 });
  expect(key("ArrowLeft", true)).toEqual({ kind: "pan", share: -0.25 });
  expect(key("+")).toEqual({ kind: "zoom", factor: 0.5 });
  expect(key("Escape")).toEqual({ kind: "all" });
  expect(key("a")).toBeNull();
});

const points = [10, 20, 30].map((x) => ({ x }));

test("the first key shows the newest figures, further ones go from there and stop at the ends", () => {
  expect(stepBeside(points, null, -1)).toBe(30);
  expect(stepBeside(points, 30, -1)).toBe(20);
  expect(stepBeside(points, 30, 1)).toBe(30);
  expect(stepBeside(points, 22, -Infinity)).toBe(10);
  expect(stepBeside(points, null, -Infinity)).toBe(10);
  expect(stepBeside([], null, 1)).toBeNull();
});
