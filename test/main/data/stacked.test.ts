import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { firstImages, inspectDataset, openDataset } from "../../../main/data/open.ts";
import { idxFile } from "../../support/idx-file.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** Grey images of one value each: 0, 1, 2, … */
function greys(count: number, sizes = [2, 2]): string {
  const path = join(temporaryFolder(), "train-images-idx3-ubyte");
  const size = sizes.reduce((product, side) => product * side, 1);
  const content = Uint8Array.from({ length: count * size }, (_, i) => Math.floor(i / size));
  writeFileSync(path, idxFile([count, ...sizes], content));
  return path;
}

const stacked = (path: string, count = 200, seed = 1) =>
  ({ kind: "stacked", path, count, seed }) as const;

describe("stacked images", () => {
  it("hold three grey images each as their channels", async () => {
    const dataset = await openDataset(stacked(greys(10)), temporaryFolder());
    expect(dataset).toMatchObject({ length: 200, classes: 0, labels: null });
    expect(dataset.image).toEqual({ height: 2, width: 2, channels: 3 });
    const bytes = await dataset.read(Array.from({ length: 200 }, (_, i) => i));
    const stacks = new Set<string>();
    for (let at = 0; at < bytes.length; at += 12) {
      const pixels = [0, 3, 6, 9].map((i) => bytes.subarray(at + i, at + i + 3).join());
      expect(new Set(pixels).size).toBe(1);
      stacks.add(pixels[0]!);
    }
    // 200 of 1,000 combinations: some come twice, most do not.
    expect(stacks.size).toBeGreaterThan(150);
    expect([...stacks].flatMap((one) => one.split(",")).some((grey) => Number(grey) > 9)).toBe(
      false,
    );
    await dataset.close();
  });

  it("are the same for the same seed, wherever they are read from", async () => {
    const path = greys(10);
    const [one, again, other] = await Promise.all(
      [1, 1, 2].map((seed) => openDataset(stacked(path, 50, seed), temporaryFolder())),
    );
    const all = await one!.read(Array.from({ length: 50 }, (_, i) => i));
    expect(await again!.read([49, 3])).toEqual(
      Uint8Array.from([...all.subarray(49 * 12), ...all.subarray(3 * 12, 4 * 12)]),
    );
    expect(await other!.read([0, 1, 2, 3])).not.toEqual(all.subarray(0, 48));
    const first = await firstImages(stacked(path, 50), temporaryFolder(), 4);
    expect(first).toMatchObject({ count: 4, image: { channels: 3 } });
    expect(first.pixels).toEqual(all.subarray(0, 48));
  });

  it("are looked at without being made", async () => {
    expect(await inspectDataset(stacked(greys(10), 128_000), temporaryFolder())).toEqual({
      ...{ name: "train-images-idx3-ubyte, stacked", length: 128_000, classCounts: [] },
      image: { height: 2, width: 2, channels: 3 },
    });
  });

  it("of images in colour are refused, and places beyond the last", async () => {
    const coloured = stacked(greys(4, [2, 2, 3]));
    for (const look of [openDataset, inspectDataset]) {
      await expect(look(coloured, temporaryFolder())).rejects.toMatchObject({
        code: "data.mismatch",
      });
    }
    const dataset = await openDataset(stacked(greys(4), 5), temporaryFolder());
    await expect(dataset.read([5])).rejects.toThrow(RangeError);
    await expect(dataset.read([0.5])).rejects.toThrow(RangeError);
  });
});
