// @vitest-environment node
import { expect, it } from "vitest";
import { indexAt, indexByKey } from "../../../renderer/shared/grid-cell.ts";

it("finds the cell under the pointer, and none beside or after the last", () => {
  const layout = { columns: 4, count: 10 };
  expect([indexAt(layout, 0, 0), indexAt(layout, 0.3, 0.4), indexAt(layout, 0.3, 0.99)]).toEqual([
    ...[0, 5, 9],
  ]);
  expect([indexAt(layout, 0.9, 0.9), indexAt(layout, -0.1, 0), indexAt(layout, 1, 0)]).toEqual([
    ...[null, null, null],
  ]);
});

it("moves by arrow keys, not beyond the ends", () => {
  const layout = { columns: 4, count: 10 };
  expect(indexByKey(layout, 0, "ArrowDown")).toBe(4);
  expect(indexByKey(layout, 9, "ArrowDown")).toBe(9);
  expect(indexByKey(layout, 9, "ArrowRight")).toBe(9);
  expect(indexByKey(layout, 0, "Enter")).toBeNull();
});
