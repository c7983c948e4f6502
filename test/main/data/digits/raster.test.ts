import { describe, expect, it } from "vitest";
import { drawLine } from "../../../../main/data/digits/raster.ts";

const across = { x0: 2, y0: 5, x1: 8, y1: 5, radius0: 1.5, radius1: 1.5 };

describe("a pen's line", () => {
  it("is white within its width, grey at its soft edge, and leaves the rest", () => {
    const pixels = new Uint8Array(100);
    drawLine(pixels, 0, 10, across, 1);
    const column = Array.from({ length: 10 }, (_, row) => pixels[row * 10 + 5]);
    // Pixel centres are 0.5, 1.5 and 2.5 from the line; the edge reaches from 1 to 2.
    expect(column).toEqual([0, 0, 0, 128, 255, 255, 128, 0, 0, 0]);
  });

  it("does not swell where it is drawn twice", () => {
    const once = new Uint8Array(100);
    drawLine(once, 0, 10, across, 1);
    const twice = Uint8Array.from(once);
    drawLine(twice, 0, 10, across, 1);
    expect(twice).toEqual(once);
  });

  it("keeps to its own image, also where it leaves it", () => {
    const pixels = new Uint8Array(300);
    drawLine(pixels, 100, 10, { ...across, x0: -20, y0: -3, x1: 30, y1: 14 }, 1);
    expect(pixels.subarray(0, 100).every((value) => value === 0)).toBe(true);
    expect(pixels.subarray(200).every((value) => value === 0)).toBe(true);
    expect(pixels.some((value) => value === 255)).toBe(true);
  });

  it("of no length is a round dot", () => {
    const pixels = new Uint8Array(100);
    drawLine(pixels, 0, 10, { ...across, x0: 5, x1: 5 }, 1);
    const transposed = pixels.map((_, at) => pixels[(at % 10) * 10 + Math.floor(at / 10)] ?? 0);
    expect(transposed).toEqual(pixels);
    expect(pixels[55]).toBe(255);
  });
});
