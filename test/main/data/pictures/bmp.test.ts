import { describe, expect, it } from "vitest";
import { decodeBmp } from "../../../../main/data/pictures/bmp.ts";
import { bmpFile } from "../../../support/pictures.ts";

const pixels = Uint8Array.from({ length: 3 * 2 * 3 }, (_, i) => i * 10);
const most = 10_000;

function changed(change: (file: Buffer) => void): Buffer {
  const file = bmpFile(3, 2, 24, pixels);
  change(file);
  return file;
}

describe("a BMP picture", () => {
  it.each([
    ["24 bits, from the bottom", bmpFile(3, 2, 24, pixels)],
    ["24 bits, from the top", bmpFile(3, -2, 24, pixels)],
    ["32 bits, from the bottom", bmpFile(3, 2, 32, pixels)],
    ["32 bits, from the top", bmpFile(3, -2, 32, pixels)],
  ])("of %s gives its pixels from the top in RGB", (_, file) => {
    expect(decodeBmp(file, most)).toEqual({ width: 3, height: 2, pixels });
  });

  it.each<[string, Uint8Array, RegExp]>([
    ["a cut header", bmpFile(3, 2, 24, pixels).subarray(0, 53), /header is cut off/],
    ["cut pixels", bmpFile(3, 2, 24, pixels).subarray(0, -1), /cut off or damaged/],
    ["pixels inside the header", changed((file) => file.writeUInt32LE(20, 10)), /damaged/],
    ["no width", changed((file) => file.writeInt32LE(0, 18)), /0×2 pixels/],
    ["a negative width", changed((file) => file.writeInt32LE(-3, 18)), /-3×2 pixels/],
    [
      "the least height there is",
      changed((file) => file.writeInt32LE(-0x80000000, 22)),
      /3×2,147,483,648 pixels, too many/,
    ],
    ["a huge size", changed((file) => file.writeInt32LE(60_000, 18)), /60,000×2 pixels, too many/],
    ["a palette", changed((file) => file.writeUInt16LE(8, 28)), /8 bits a pixel.*PNG/],
    ["compression", changed((file) => file.writeUInt32LE(1, 30)), /compressed/],
    ["masks in 24 bits", changed((file) => file.writeUInt32LE(3, 30)), /compressed/],
    ["an OS/2 header", changed((file) => file.writeUInt32LE(12, 14)), /unknown kind/],
  ])("with %s is refused with the reason", (_, file, reason) => {
    expect(decodeBmp(file, most)).toMatch(reason);
  });
});
