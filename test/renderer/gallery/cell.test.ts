// @vitest-environment node
import { expect, test } from "vitest";
import { backgroundOf, cellAt, cellBeside, cellOf } from "../../../renderer/gallery/cell.ts";

/** Two rows, the second with one image. */
const grid = { count: 4, columns: 3 };

test("the image under the pointer is found, beside the images there is none", () => {
  expect(cellAt(grid, 0.4, 0.1)).toEqual({ index: 1, column: 1, row: 0 });
  expect(cellAt(grid, 0.1, 0.9)).toEqual({ index: 3, column: 0, row: 1 });
  for (const [x, y] of [
    [0.9, 0.9],
    [1, 0.1],
    [-0.01, 0.1],
    [0.1, 1],
  ] as const) {
    expect(cellAt(grid, x, y)).toBeNull();
  }
});

test("an image fills a box as a background of the sheet", () => {
  expect(backgroundOf(grid, { index: 1, column: 1, row: 0 })).toEqual({
    size: "300% 200%",
    position: "50% 0%",
  });
  expect(backgroundOf({ count: 1, columns: 1 }, { index: 0, column: 0, row: 0 }).position).toBe(
    "0% 0%",
  );
});

test("arrow keys go from image to image and stop at the edge", () => {
  const first = cellOf(grid, 0);
  if (!first) throw new Error("the grid has a first image");
  expect(cellBeside(grid, first, "ArrowDown")?.index).toBe(3);
  expect(cellBeside(grid, first, "ArrowRight")?.index).toBe(1);
  expect(cellBeside(grid, first, "ArrowUp")?.index).toBe(0);
  expect(cellBeside(grid, first, "Enter")).toBeNull();
});
