import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { decodePicture } from "../../../../main/data/pictures/decode.ts";
import { bmpFile, plainPng } from "../../../support/pictures.ts";

const rgb = { height: 8, width: 8, channels: 3 } as const;
const grey = { ...rgb, channels: 1 } as const;
const noise = Uint8Array.from({ length: 8 * 8 * 3 }, (_, i) => (i * 37) % 256);
const noisy = () => sharp(noise, { raw: { width: 8, height: 8, channels: 3 } });
const wide = () =>
  sharp({ create: { width: 32, height: 8, channels: 3, background: "red" } }).composite([
    {
      input: { create: { width: 8, height: 8, channels: 3, background: "blue" } },
      gravity: "centre",
    },
  ]);

async function pixelsOf(bytes: Uint8Array, image: typeof rgb | typeof grey) {
  const decoded = await decodePicture(bytes, image);
  if ("reason" in decoded) throw new Error(decoded.reason);
  return [...decoded.pixels];
}

const reasonOf = async (bytes: Uint8Array) => {
  const decoded = await decodePicture(bytes, rgb);
  return "reason" in decoded ? decoded.reason : "none";
};

describe("a picture", () => {
  it("of the wanted size keeps its exact values", async () => {
    expect(await pixelsOf(await noisy().png().toBuffer(), rgb)).toEqual([...noise]);
    expect(await pixelsOf(await noisy().webp({ lossless: true }).toBuffer(), rgb)).toEqual([
      ...noise,
    ]);
    expect(await pixelsOf(bmpFile(8, 8, 24, noise), rgb)).toEqual([...noise]);
  });

  it.each([
    ["enlarged", 3],
    ["made smaller", 100],
  ])("of one colour keeps it when %s", async (_, side) => {
    const expected = new Array<number>(192).fill(77);
    expect(await pixelsOf(plainPng({ value: 77, side }), rgb)).toEqual(expected);
    expect(await pixelsOf(plainPng({ value: 77, side, channels: 1 }), rgb)).toEqual(expected);
    expect(await pixelsOf(plainPng({ value: 77, side }), grey)).toEqual(expected.slice(0, 64));
    expect(await pixelsOf(plainPng({ value: 77, side, channels: 1 }), grey)).toEqual(
      expected.slice(0, 64),
    );
  });

  it("keeps its proportions: what is too wide is cut on both sides", async () => {
    const pixels = await pixelsOf(await wide().png().toBuffer(), rgb);
    expect(pixels.filter((_, i) => i % 3 === 2)).toEqual(new Array<number>(64).fill(255));
  });

  it("is set upright as its camera asks", async () => {
    // Half red, half blue; turned by 90° red comes to the top.
    const image = sharp({ create: { width: 16, height: 16, channels: 3, background: "blue" } });
    const left = { create: { width: 8, height: 16, channels: 3 as const, background: "red" } };
    const jpeg = await image
      .composite([{ input: left, left: 0, top: 0 }])
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 100, chromaSubsampling: "4:4:4" })
      .toBuffer();
    const pixels = await pixelsOf(jpeg, rgb);
    expect(pixels[0]).toBeGreaterThan(200);
    expect(pixels[21]).toBeGreaterThan(200);
    expect(pixels.at(-3)).toBeLessThan(50);
  });

  it("is white where it is transparent", async () => {
    const clear = { r: 200, g: 0, b: 0, alpha: 0 };
    const png = sharp({ create: { width: 8, height: 8, channels: 4, background: clear } }).png();
    const expected = new Array<number>(192).fill(255);
    expect(await pixelsOf(await png.toBuffer(), rgb)).toEqual(expected);
    expect(await pixelsOf(await png.toBuffer(), grey)).toEqual(expected.slice(0, 64));
  });

  it("of 16 bits, of CMYK and of a palette becomes 8 bits of RGB or grey", async () => {
    const files = [
      await noisy().toColourspace("rgb16").png().toBuffer(),
      await noisy().toColourspace("grey16").png().toBuffer(),
      await noisy().toColourspace("cmyk").jpeg().toBuffer(),
      await noisy().png({ palette: true }).toBuffer(),
    ];
    for (const file of files) {
      expect(await pixelsOf(file, rgb)).toHaveLength(192);
      expect(await pixelsOf(file, grey)).toHaveLength(64);
    }
    expect(await pixelsOf(files[0] as Buffer, rgb)).toEqual([...noise]);
  });

  it("is judged by its content: other formats never reach a decoder", async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    const gif = await noisy().gif().toBuffer();
    for (const file of [svg, gif, Buffer.from("hello")]) {
      expect(await reasonOf(file)).toMatch(/not a PNG, JPEG, WebP or BMP/);
    }
    expect(await reasonOf(new Uint8Array(0))).toBe("it is empty");
  });

  it.each(["png", "jpeg", "webp"] as const)("in %s that is cut off is refused", async (format) => {
    const large = sharp(
      Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * i) % 251),
      { raw: { width: 64, height: 64, channels: 3 } },
    );
    const file = await large.toFormat(format).toBuffer();
    expect(await pixelsOf(file, rgb)).toHaveLength(192);
    for (const length of [12, 40, Math.floor(file.length * 0.6)]) {
      expect(await reasonOf(file.subarray(0, length))).toBe("it is cut off or damaged");
    }
  });

  it("that claims more pixels than any camera has is refused before memory is taken", async () => {
    expect(await reasonOf(plainPng({ claimed: 60_000 }))).toBe(
      "it claims 60,000×60,000 pixels, too many to decode",
    );
  });

  it("of random bytes behind a right beginning is refused", async () => {
    for (const start of ["\x89PNG\r\n\x1a\n", "\xff\xd8\xff\xe0", "RIFF\x40\0\0\0WEBPVP8 ", "BM"]) {
      const file = Buffer.concat([Buffer.from(start, "latin1"), Buffer.from(noise)]);
      expect(await reasonOf(file)).not.toBe("none");
    }
  });
});
