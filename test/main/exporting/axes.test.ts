import { describe, expect, it } from "vitest";
import {
  channelsFirst,
  channelsLast,
  inverse,
  isTurned,
  permuted,
  turned,
} from "../../../main/exporting/axes.ts";

const counted = (...shape: number[]) => ({
  shape,
  values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i),
});

describe("moving axes", () => {
  it("transposes a matrix", () => {
    expect(permuted(counted(2, 3), [1, 0])).toEqual({
      shape: [3, 2],
      values: Float32Array.of(0, 3, 1, 4, 2, 5),
    });
  });

  it("puts the value at any place where the order says", () => {
    const given = counted(2, 3, 4, 5);
    const order = [3, 1, 0, 2];
    const { shape, values } = permuted(given, order);
    expect(shape).toEqual([5, 3, 2, 4]);
    // [a, b, c, d] of the result is [c, b, d, a] of what was given.
    expect(values[((4 * 3 + 2) * 2 + 1) * 4 + 3]).toBe(((1 * 3 + 2) * 4 + 3) * 5 + 4);
    expect(permuted({ shape, values }, inverse(order))).toEqual(given);
  });

  it("turns images and back", () => {
    const { values } = counted(2, 2, 1, 3);
    const first = channelsFirst(values, 2, [2, 1, 3]);
    expect([...first]).toEqual([0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11]);
    expect(channelsLast(first, 2, [2, 1, 3])).toEqual(values);
  });

  it("knows the shapes that turning leaves alone", () => {
    expect([[7], [4, 4, 1], [1, 1, 9], [1, 4, 3]].map(isTurned)).toEqual([
      ...[false, false, false, true],
    ]);
    expect([[7], [4, 5, 3]].map(turned)).toEqual([[7], [3, 4, 5]]);
  });
});
