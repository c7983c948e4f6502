import { describe, expect, it } from "vitest";
import { fromHalf, toHalf } from "../../../main/exporting/half.ts";
import { Problem } from "../../../main/spec/problem.ts";

const bitsOf = (...values: number[]) => [...toHalf(Float32Array.from(values), "kernel")];
const through = (...values: number[]) => [...fromHalf(toHalf(Float32Array.from(values), "kernel"))];

describe("half precision", () => {
  it("has the bits that IEEE 754 gives", () => {
    expect(bitsOf(0, -0, 1, -2, 65504, 0.5)).toEqual([0, 0x8000, 0x3c00, 0xc000, 0x7bff, 0x3800]);
    expect(bitsOf(Infinity, -Infinity)).toEqual([0x7c00, 0xfc00]);
  });

  it("gives every one of its numbers back as it was", () => {
    // All finite bit patterns but the negative zero, whose sign toEqual would not tell anyway.
    const halves = Uint16Array.from({ length: 0x10000 }, (_, bits) => bits).filter(
      (bits) => (bits & 0x7c00) !== 0x7c00,
    );
    expect(toHalf(fromHalf(halves), "kernel")).toEqual(halves);
  });

  it("rounds to the nearest, and halfway to the even one", () => {
    const step = 2 ** -10;
    expect(through(1 + 0.4 * step, 1 + 0.6 * step)).toEqual([1, 1 + step]);
    expect(through(1 + 0.5 * step, 1 + 1.5 * step)).toEqual([1, 1 + 2 * step]);
    // Into the next power of two.
    expect(through(2 - 0.25 * step)).toEqual([2]);
  });

  it("keeps small numbers as subnormal ones, and less than half of the least as 0", () => {
    const least = 2 ** -24;
    expect(through(least, 3 * least, 1.5 * least)).toEqual([least, 3 * least, 2 * least]);
    expect(through(0.4 * least, 0.5 * least, 0.6 * least)).toEqual([0, 0, least]);
    expect(through(2 ** -14 - 2 ** -26)).toEqual([2 ** -14]);
  });

  it("keeps NaN", () => {
    expect(through(NaN)).toEqual([NaN]);
  });

  it("refuses what it cannot hold, and says whose number it is", () => {
    expect(through(65519)).toEqual([65504]);
    expect(() => bitsOf(1, 65520)).toThrow(Problem);
    expect(() => bitsOf(-70000)).toThrow(/^kernel: the value -70000\.0 is too large/u);
  });
});
