// @vitest-environment node
import { expect, test } from "vitest";
import { firstOf, sheetOf } from "../../../renderer/shared/sheet.ts";

const pixel = (pixels: Uint8ClampedArray, width: number, x: number, y: number) => [
  ...pixels.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
];

test("grey images are laid out row by row with transparent gaps", () => {
  const batch = {
    count: 3,
    height: 1,
    width: 2,
    channels: 1,
    pixels: Uint8Array.of(1, 2, 3, 4, 5, 6),
  };
  const { width, height, pixels } = sheetOf(batch, 2, 1);
  expect([width, height]).toEqual([5, 3]);
  expect(pixel(pixels, width, 0, 0)).toEqual([1, 1, 1, 255]);
  expect(pixel(pixels, width, 2, 0)).toEqual([0, 0, 0, 0]);
  expect(pixel(pixels, width, 4, 0)).toEqual([4, 4, 4, 255]);
  expect(pixel(pixels, width, 1, 2)).toEqual([6, 6, 6, 255]);
  expect(pixel(pixels, width, 4, 2)).toEqual([0, 0, 0, 0]);
});

test("colour images keep their channels", () => {
  const batch = { count: 1, height: 1, width: 1, channels: 3, pixels: Uint8Array.of(10, 20, 30) };
  expect([...sheetOf(batch, 1, 0).pixels]).toEqual([10, 20, 30, 255]);
});

test("the first images of a batch are at most those that it has", () => {
  const batch = {
    count: 3,
    height: 1,
    width: 2,
    channels: 1,
    pixels: Uint8Array.of(1, 2, 3, 4, 5, 6),
  };
  expect(firstOf(batch, 2)).toMatchObject({ count: 2, pixels: Uint8Array.of(1, 2, 3, 4) });
  expect(firstOf(batch, 9).count).toBe(3);
});
