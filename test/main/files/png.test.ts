import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { decodePng, sheetPng, type Sheet } from "../../../main/files/png.ts";

/** Images of 2×2 whose pixels tell where they belong: image number times ten plus place. */
function sheetOf(count: number, channels: number): Sheet {
  const pixels = new Uint8Array(count * 4 * channels).map(
    (_, index) => Math.floor(index / (4 * channels)) * 10 + 1 + (index % (4 * channels)),
  );
  return { count, height: 2, width: 2, channels, pixels, columns: 2 };
}

describe("sheetPng", () => {
  it("lays grey images out in rows, the cells that stay free black", async () => {
    const { pixels, ...size } = await decodePng(await sheetPng(sheetOf(3, 1)));
    expect(size).toEqual({ height: 4, width: 4, channels: 1 });
    // prettier-ignore
    expect([...pixels]).toEqual([
       1,  2, 11, 12,
       3,  4, 13, 14,
      21, 22,  0,  0,
      23, 24,  0,  0,
    ]);
  });

  it("stores grey images with one channel of eight bits, without a loss", async () => {
    const all = new Uint8Array(256).map((_, index) => index);
    const png = await sheetPng({
      count: 1,
      height: 16,
      width: 16,
      channels: 1,
      pixels: all,
      columns: 1,
    });
    const { channels, space, depth, hasAlpha } = await sharp(png).metadata();
    expect({ channels, space, depth, hasAlpha }).toEqual({
      channels: 1,
      space: "b-w",
      depth: "uchar",
      hasAlpha: false,
    });
    expect((await decodePng(png)).pixels).toEqual(all);
  });

  it("keeps colours", async () => {
    const { pixels, channels } = await decodePng(await sheetPng({ ...sheetOf(1, 3), columns: 1 }));
    expect(channels).toBe(3);
    expect([...pixels]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it("enlarges by repeating pixels, with black gaps of the same width at any scale", async () => {
    const sheet = { ...sheetOf(2, 1), scale: 2, gap: 1 };
    const { pixels, ...size } = await decodePng(await sheetPng(sheet));
    expect(size).toEqual({ height: 4, width: 9, channels: 1 });
    // prettier-ignore
    expect([...pixels]).toEqual([
      1, 1, 2, 2, 0, 11, 11, 12, 12,
      1, 1, 2, 2, 0, 11, 11, 12, 12,
      3, 3, 4, 4, 0, 13, 13, 14, 14,
      3, 3, 4, 4, 0, 13, 13, 14, 14,
    ]);
  });

  it("gives the same bytes for the same images", async () => {
    expect(await sheetPng(sheetOf(4, 3))).toEqual(await sheetPng(sheetOf(4, 3)));
  });

  it("refuses sizes that make no sense", async () => {
    const good = sheetOf(3, 1);
    const changes: Partial<Sheet>[] = [
      { count: 0 },
      { count: 2 },
      { height: -2 },
      { columns: 0 },
      { columns: 1.5 },
      { scale: 0 },
      { scale: NaN },
      { gap: -1 },
      { channels: 2 },
      { pixels: new Uint8Array(11) },
    ];
    for (const change of changes) {
      await expect
        .soft(sheetPng({ ...good, ...change }), JSON.stringify(change))
        .rejects.toThrow(RangeError);
    }
  });

  it("refuses a sheet that would not fit the memory", async () => {
    await expect(sheetPng({ ...sheetOf(4, 3), scale: 10_000 })).rejects.toMatchObject({
      code: "usage",
      message: expect.stringContaining("too large") as string,
    });
  });
});
