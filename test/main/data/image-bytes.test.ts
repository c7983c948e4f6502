import { describe, expect, it } from "vitest";
import { createImageBytes } from "../../../main/data/image-bytes.ts";

describe("images in memory", () => {
  it("come back in any order, however they arrived", () => {
    const images = createImageBytes(3);
    images.append(Uint8Array.from([0, 1]));
    images.append(Uint8Array.from([2, 3, 4, 5, 6]));
    images.append(Uint8Array.from([7, 8]));
    expect([...images.read([2, 0, 2])]).toEqual([6, 7, 8, 0, 1, 2, 6, 7, 8]);
  });

  it("lie across several slabs without a seam", () => {
    const size = 1_500_000;
    const images = createImageBytes(size);
    const piece = new Uint8Array(700_000);
    for (let at = 0; at < 7 * size; at += piece.length) {
      piece.forEach((_, i) => (piece[i] = Math.floor((at + i) / size)));
      images.append(piece.subarray(0, Math.min(piece.length, 7 * size - at)));
    }
    for (let index = 0; index < 7; index++) {
      expect(images.read([index]).every((value) => value === index)).toBe(true);
    }
  });

  it("are refused where none came, or only a part", () => {
    const images = createImageBytes(4);
    images.append(Uint8Array.from([1, 2, 3, 4, 5]));
    for (const index of [1, -1, 0.5, NaN]) {
      expect(() => images.read([index])).toThrow(RangeError);
    }
  });
});
