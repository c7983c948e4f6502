import { describe, expect, it } from "vitest";
import { encodeNpy } from "../../../main/files/npy.ts";

describe("encodeNpy", () => {
  it("writes the header that NumPy reads, then the pixels, at a multiple of 64", () => {
    const pixels = new Uint8Array(2 * 3 * 4 * 1).map((_, index) => index);
    const file = encodeNpy({ count: 2, height: 3, width: 4, channels: 1, pixels });
    expect([...file.subarray(0, 8)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
    const start = 10 + file[8]! + file[9]! * 256;
    expect(start % 64).toBe(0);
    expect(new TextDecoder().decode(file.subarray(10, start))).toMatch(
      /^\{'descr': '\|u1', 'fortran_order': False, 'shape': \(2, 3, 4, 1\), \} *\n$/,
    );
    expect(file.subarray(start)).toEqual(pixels);
  });

  it("starts the data right after a header of any length", () => {
    for (const width of [1, 10, 1000, 100_000]) {
      const pixels = new Uint8Array(width).fill(9);
      const file = encodeNpy({ count: 1, height: 1, width, channels: 1, pixels });
      expect(file.indexOf(9, 128)).toBe(file.length - width);
    }
  });

  it("refuses bytes that do not fit the sizes", () => {
    const batch = { count: 2, height: 3, width: 4, channels: 1, pixels: new Uint8Array(23) };
    expect(() => encodeNpy(batch)).toThrow(/need 24 bytes, not 23/);
    expect(() => encodeNpy({ ...batch, count: -1 })).toThrow(RangeError);
  });
});
