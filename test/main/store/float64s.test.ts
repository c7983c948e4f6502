import { expect, it } from "vitest";
import { decodeFloat64s, encodeFloat64s } from "../../../main/store/float64s.ts";

it("keeps any numbers through bytes, from memory of any alignment", () => {
  const values = [1, -0, NaN, Infinity, -Infinity, 5e-324, Number.MAX_VALUE];
  const bytes = encodeFloat64s(values);
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  for (const source of [bytes, shifted.subarray(3)]) {
    const decoded = decodeFloat64s(source);
    expect(decoded.length).toBe(values.length);
    expect(decoded.every((value, index) => Object.is(value, values[index]))).toBe(true);
  }
  expect([...encodeFloat64s([1])]).toEqual([0, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
  expect(decodeFloat64s(bytes.subarray(0, 15))).toEqual([1]);
  expect(decodeFloat64s(encodeFloat64s([]))).toEqual([]);
});
