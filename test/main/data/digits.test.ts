import { describe, expect, it } from "vitest";
import { inspectDataset, openDataset } from "../../../main/data/open.ts";

const digits = (count: number, seed = 1) => openDataset({ kind: "digits", count, seed });
const size = 28 * 28;

const meanOf = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe("built-in digits", () => {
  it("are the same for a seed, whatever the set's size and the order of reading", async () => {
    const small = await digits(20);
    const large = await digits(2000);
    const backwards = await small.read([19, 3, 0]);
    const forwards = await large.read([0, 3, 19]);
    expect(backwards.subarray(0, size)).toEqual(forwards.subarray(2 * size));
    expect(backwards.subarray(2 * size)).toEqual(forwards.subarray(0, size));
    expect(small.labels).toEqual(large.labels?.slice(0, 20));
    const other = await (await digits(20, 2)).read([0, 3, 19]);
    expect(other).not.toEqual(forwards);
  });

  it("hold every class equally often", async () => {
    const { classCounts, length } = await inspectDataset({ kind: "digits", count: 1000, seed: 3 });
    expect(length).toBe(1000);
    expect(classCounts).toEqual(new Array(10).fill(100));
    const cut = await inspectDataset({ kind: "digits", count: 13, seed: 3 });
    expect(cut.classCounts.reduce((sum, count) => sum + count)).toBe(13);
  });

  it("are white strokes on black, in the middle, as MNIST's are", async () => {
    const { read } = await digits(300);
    for (let index = 0; index < 300; index++) {
      const pixels = await read([index]);
      expect(Math.max(...pixels)).toBeGreaterThan(200);
      const ink = meanOf(pixels) / 255;
      expect(ink).toBeGreaterThan(0.02);
      expect(ink).toBeLessThan(0.4);
      const border = Array.from({ length: 28 }, (_, i) => [i, 27 * 28 + i, i * 28, i * 28 + 27]);
      // A heavy, centred digit may just touch an edge, as a few of MNIST's do.
      expect(meanOf(border.flat().map((at) => pixels[at] ?? NaN))).toBeLessThan(12);
      const total = pixels.reduce((sum, value) => sum + value, 0);
      const row = pixels.reduce((sum, value, at) => sum + value * Math.floor(at / 28), 0) / total;
      const column = pixels.reduce((sum, value, at) => sum + value * (at % 28), 0) / total;
      expect(Math.abs(row - 13.5)).toBeLessThan(2.5);
      expect(Math.abs(column - 13.5)).toBeLessThan(2.5);
    }
  });

  it("vary within a class less than between classes, and are never twice the same", async () => {
    const { read, labels } = await digits(600);
    const pictures = await Promise.all(Array.from({ length: 600 }, (_, i) => read([i])));
    expect(new Set(pictures.map((pixels) => Buffer.from(pixels).toString("base64"))).size).toBe(
      600,
    );
    const centres = Array.from({ length: 10 }, (_, digit) => {
      const own = pictures.filter((_, i) => labels?.[i] === digit);
      return Array.from({ length: size }, (_, at) => meanOf(own.map((pixels) => pixels[at] ?? 0)));
    });
    const distance = (pixels: Uint8Array, centre: number[]) =>
      centre.reduce((sum, value, at) => sum + (value - (pixels[at] ?? 0)) ** 2, 0);
    const right = pictures.filter((pixels, i) => {
      const distances = centres.map((centre) => distance(pixels, centre));
      return distances.indexOf(Math.min(...distances)) === labels?.[i];
    });
    // A nearest-mean classifier reads 82 % of MNIST's digits.
    expect(right.length / 600).toBeGreaterThan(0.75);
  });
});
