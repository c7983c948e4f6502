import { describe, expect, it } from "vitest";
import { toBytes, toUnitRange } from "../../../main/engine/pixels.ts";

describe("scaling", () => {
  it("maps bytes to [−1, 1] and back without loss", () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    const values = toUnitRange(bytes);
    expect([values[0], values[255]]).toEqual([-1, 1]);
    expect(toBytes(values)).toEqual(bytes);
  });

  it("cuts what lies outside, and makes black of what is no number", () => {
    expect([...toBytes(Float32Array.from([-3, 3, NaN, Infinity, -Infinity, 0]))]).toEqual([
      0, 255, 0, 255, 0, 128,
    ]);
  });
});
