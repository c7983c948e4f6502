import { describe, expect, it } from "vitest";
import { firstDigits, inspectDigits, openDigits } from "../../../../main/data/digits/digits.ts";

const digits = (count: number, seed = 1) => openDigits({ kind: "digits", count, seed });
const size = 28 * 28;

const meanOf = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe("built-in digits", () => {
  it("are the same for a seed, whatever the set's size and the order of reading", async () => {
    const small = await digits(20);
    const large = await digits(600);
    const backwards = await small.read([19, 3, 0]);
    const forwards = await large.read([0, 3, 19]);
    expect(backwards.subarray(0, size)).toEqual(forwards.subarray(2 * size));
    expect(backwards.subarray(2 * size)).toEqual(forwards.subarray(0, size));
    expect(small.labels).toEqual(large.labels?.slice(0, 20));
    const other = await (await digits(20, 2)).read([0, 3, 19]);
    expect(other).not.toEqual(forwards);
  });

  it("begin a preview as they begin a data set", async () => {
    const preview = firstDigits({ kind: "digits", count: 1_000_000, seed: 4 }, 3);
    expect(preview.count).toBe(3);
    expect(preview.pixels).toEqual(await (await digits(12, 4)).read([0, 1, 2]));
    expect(firstDigits({ kind: "digits", count: 2, seed: 4 }, 9).count).toBe(2);
  });

  it("hold every class equally often, in changing order", () => {
    const inspected = inspectDigits({ kind: "digits", count: 1000, seed: 3 });
    const { classCounts, length } = inspected;
    expect(inspected.classNames?.join("")).toBe("0123456789");
    expect(length).toBe(1000);
    expect(classCounts).toEqual(new Array(10).fill(100));
    const cut = inspectDigits({ kind: "digits", count: 13, seed: 3 });
    expect(cut.classCounts.reduce((sum, count) => sum + count)).toBe(13);
    expect(Math.max(...cut.classCounts)).toBe(2);
  });

  it("are labelled as their inspection counts them", async () => {
    const { labels, classes } = await digits(137, 8);
    const counts = new Array<number>(classes).fill(0);
    for (const label of labels ?? []) counts[label] = (counts[label] ?? 0) + 1;
    expect(counts).toEqual(inspectDigits({ kind: "digits", count: 137, seed: 8 }).classCounts);
  });

  it("are white strokes on black, wholly inside, in the middle, as MNIST's are", async () => {
    const { read } = await digits(400);
    for (let index = 0; index < 400; index++) {
      const pixels = await read([index]);
      expect(Math.max(...pixels)).toBeGreaterThan(200);
      const ink = meanOf(pixels) / 255;
      expect(ink).toBeGreaterThan(0.02);
      expect(ink).toBeLessThan(0.4);
      const border = Array.from({ length: 28 }, (_, i) => [i, 27 * 28 + i, i * 28, i * 28 + 27]);
      expect(border.flat().every((at) => pixels[at] === 0)).toBe(true);
      const total = pixels.reduce((sum, value) => sum + value, 0);
      const row = pixels.reduce((sum, value, at) => sum + value * Math.floor(at / 28), 0) / total;
      const column = pixels.reduce((sum, value, at) => sum + value * (at % 28), 0) / total;
      expect(Math.abs(row - 14)).toBeLessThan(3);
      expect(Math.abs(column - 14)).toBeLessThan(3);
    }
  });

  it("vary within a class less than between classes, and are never twice the same", async () => {
    const { read, labels } = await digits(600);
    const pictures = await Promise.all(Array.from({ length: 600 }, (_, i) => read([i])));
    const different = new Set(pictures.map((pixels) => Buffer.from(pixels).toString("base64")));
    expect(different.size).toBe(600);
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

  it("refuse a place beyond their end", async () => {
    const { read } = await digits(10);
    await expect(read([10])).rejects.toThrow(RangeError);
    await expect(read([-1])).rejects.toThrow(RangeError);
  });
});
