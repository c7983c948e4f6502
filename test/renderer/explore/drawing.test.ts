// @vitest-environment node
import { expect, test } from "vitest";
import { averaged, enlargement } from "../../../renderer/explore/drawing.ts";

/** A canvas of `width` pixels a row, each given by its grey value. */
const canvas = (values: number[]) => values.flatMap((value) => [value, value, value, 255]);

test("each pixel is the mean of its square on the board", () => {
  const drawn = averaged(
    canvas([0, 100, 255, 255, 200, 100, 255, 255]),
    { height: 1, width: 2, channels: 1 },
    2,
  );
  expect(drawn).toEqual({
    ...{ count: 1, height: 1, width: 2, channels: 1 },
    pixels: Uint8Array.of(100, 255),
  });
});

test("colour images get their three colours", () => {
  const rgba = [10, 20, 30, 255, 30, 40, 50, 255, 10, 20, 30, 255, 30, 40, 50, 255];
  const { pixels } = averaged(rgba, { height: 1, width: 1, channels: 3 }, 2);
  expect([...pixels]).toEqual([20, 30, 40]);
});

test("the board is about 280 pixels wide, and never as coarse as the image", () => {
  expect(enlargement({ height: 28, width: 28, channels: 1 })).toBe(10);
  expect(enlargement({ height: 256, width: 256, channels: 3 })).toBe(2);
});
