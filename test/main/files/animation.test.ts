import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { encodeAnimation } from "../../../main/files/animation.ts";

/** Three frames of 2×3 pixels, each one grey level darker on the right. */
const batch = {
  ...{ count: 3, height: 2, width: 3, channels: 1 },
  pixels: Uint8Array.from([10, 0, 0, 0, 0, 255, 20, 0, 0, 0, 0, 255, 30, 0, 0, 0, 0, 255]),
};

describe.each(["gif", "webp"] as const)("an animation as %s", (format) => {
  it("has every frame, its time, and no end", async () => {
    const file = await encodeAnimation({ ...batch, format, delays: [60, 40, 900], scale: 4 });
    const found = await sharp(file, { animated: true }).metadata();
    expect(found).toMatchObject({ format, pages: 3, width: 12, pageHeight: 8, loop: 0 });
    expect(found.delay).toEqual([60, 40, 900]);
  });

  it("repeats each pixel without changing it", async () => {
    const file = await encodeAnimation({ ...batch, format, delays: [60, 60, 60], scale: 4 });
    const { data, info } = await sharp(file, { animated: true })
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => [
      ...data.subarray((y * info.width + x) * info.channels).subarray(0, 3),
    ];
    expect([at(0, 0), at(3, 3), at(4, 0)]).toEqual([
      [10, 10, 10],
      [10, 10, 10],
      [0, 0, 0],
    ]);
    expect(at(0, 8)).toEqual([20, 20, 20]);
    expect(at(11, 23)).toEqual([255, 255, 255]);
  });

  it("keeps colours", async () => {
    const pixels = Uint8Array.from([200, 10, 60, 0, 90, 255]);
    const frames = { count: 2, height: 1, width: 1, channels: 3, pixels };
    const file = await encodeAnimation({ ...frames, format, delays: [100, 100], scale: 1 });
    const data = await sharp(file, { animated: true }).removeAlpha().raw().toBuffer();
    expect([...data]).toEqual([...pixels]);
  });
});
