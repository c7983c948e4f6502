import { describe, expect, it } from "vitest";
import { largestDifference } from "../../../main/exporting/difference.ts";

const difference = (ours: number[], theirs: number[]) =>
  largestDifference(Float32Array.from(ours), Float32Array.from(theirs));

describe("the difference of an export", () => {
  it("is the largest absolute one of images", () => {
    expect(difference([0.5, -1, 0], [0.5, -0.75, 0.125])).toBe(0.25);
  });

  it("is relative where numbers are larger than 1", () => {
    expect(difference([200, 100], [200, 101])).toBe(1 / 200);
  });

  it("is infinite where a number is none, or is missing", () => {
    expect(difference([0, NaN], [0, 0])).toBe(Infinity);
    expect(difference([0, 0], [0, NaN])).toBe(Infinity);
    expect(difference([NaN], [NaN])).toBe(Infinity);
    expect(difference([0, 0], [0])).toBe(Infinity);
  });
});
