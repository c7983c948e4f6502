import { existsSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { firstOfIdx, inspectIdx, openIdxDataset } from "../../../main/data/idx-dataset.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { idxFile } from "../../support/idx-file.ts";

const images = (count: number, ...size: number[]) => {
  const length = [count, ...size].reduce((product, side) => product * side, 1);
  return idxFile(
    [count, ...size],
    Uint8Array.from({ length }, (_, i) => i % 251),
  );
};
const labels = (...values: number[]) => idxFile([values.length], Uint8Array.from(values));

function folderWith(files: Record<string, Uint8Array>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

describe("IDX data sets", () => {
  it("are images with their labels", async () => {
    const folder = folderWith({
      "train-images-idx3-ubyte.gz": gzipSync(images(3, 4, 5)),
      "train-labels-idx1-ubyte": labels(2, 0, 2),
    });
    const dataset = await openIdxDataset(folder);
    expect(dataset).toMatchObject({
      name: basename(folder),
      image: { height: 4, width: 5, channels: 1 },
      length: 3,
      classes: 3,
    });
    expect([...(dataset.labels ?? [])]).toEqual([2, 0, 2]);
    const [third = [], first = []] = [40, 0].map((at) =>
      Array.from({ length: 20 }, (_, i) => at + i),
    );
    expect([...(await dataset.read([2, 0]))]).toEqual([...third, ...first]);
    const named = await inspectIdx(join(folder, "train-images-idx3-ubyte.gz"));
    expect(named.name).toBe("train-images-idx3-ubyte");
    expect(await inspectIdx(folder)).toEqual({
      name: basename(folder),
      image: { height: 4, width: 5, channels: 1 },
      length: 3,
      classCounts: [1, 0, 2],
    });
  });

  it("need no labels, and may have colours", async () => {
    const folder = folderWith({ "a-idx4-ubyte": images(2, 4, 6, 3), "b.txt": Buffer.from("b") });
    const dataset = await openIdxDataset(folder);
    expect(dataset).toMatchObject({ classes: 0, labels: null, length: 2 });
    expect(dataset.image).toEqual({ height: 4, width: 6, channels: 3 });
    expect((await inspectIdx(folder)).classCounts).toEqual([]);
    const oneChannel = folderWith({ "a-idx4-ubyte": images(2, 4, 6, 1) });
    expect((await openIdxDataset(oneChannel)).image.channels).toBe(1);
  });

  it("refuse a place beyond their end", async () => {
    const { read } = await openIdxDataset(folderWith({ a: images(3, 4, 5) }));
    await expect(read([3])).rejects.toThrow(RangeError);
  });

  const train = "train-images-idx3-ubyte";
  const trainLabels = "train-labels-idx1-ubyte";
  it.each([
    [
      "fewer labels",
      { [train]: images(3, 2, 2), [trainLabels]: labels(1, 2) },
      /2 labels for 3 images/,
    ],
    [
      "more labels",
      { [train]: images(1, 2, 2), [trainLabels]: labels(1, 2) },
      /2 labels for 1 image;/,
    ],
    [
      "labels that are images",
      { [train]: images(3, 2, 2), [trainLabels]: images(3, 2, 2) },
      /train-labels-idx1-ubyte: it holds 3×2×2 values, not labels/,
    ],
    [
      "labels that are cut off",
      { [train]: images(3, 2, 2), [trainLabels]: labels(1, 2, 3).subarray(0, -1) },
      /train-labels-idx1-ubyte: it is cut off/,
    ],
    [
      "labels whose gzip is cut off",
      { [train]: images(3, 2, 2), [trainLabels]: gzipSync(labels(1, 2, 3)).subarray(0, -5) },
      /train-labels-idx1-ubyte: its gzip data/,
    ],
    ["images that are cut off", { [train]: images(3, 2, 2).subarray(0, -4) }, /only 2 whole ones/],
    ["images that are too large", { a: images(1, 1, 2000) }, /1×2000; at most 1024×1024/],
    ["images of two channels", { a: images(1, 2, 2, 2) }, /2 channels; 1 \(grey\) or 3 \(RGB\)/],
    [
      "labels instead of images",
      { [train]: labels(1, 2) },
      /holds labels.*name the file of images/,
    ],
    ["rows instead of images", { [train]: images(3, 5) }, /holds rows, not images/],
  ])("refuse %s", async (_, files, message) => {
    const folder = folderWith(files);
    for (const use of [openIdxDataset, inspectIdx]) {
      const thrown = await use(folder).catch((error: unknown) => error);
      expect(thrown).toMatchObject({
        code: "data.format",
        message: expect.stringMatching(message) as string,
      });
    }
  });

  it("take no memory for what a gzipped header merely claims", async () => {
    const claim = gzipSync(idxFile([8_000_000, 32, 32], Buffer.alloc(4096)));
    const folder = folderWith({
      [train]: claim,
      [trainLabels]: gzipSync(idxFile([8_000_000], Buffer.alloc(9))),
    });
    const before = process.memoryUsage().arrayBuffers;
    await expect(openIdxDataset(folder)).rejects.toThrow(/only 4 whole ones/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32e6);
  });

  it("begin a preview, of which the rest is not read", async () => {
    const cut = images(9, 4, 5).subarray(0, -1);
    const preview = await firstOfIdx(folderWith({ a: gzipSync(cut) }), 2);
    expect(preview.count).toBe(2);
    expect([...preview.pixels]).toEqual(Array.from({ length: 40 }, (_, i) => i));
    expect((await firstOfIdx(folderWith({ a: images(3, 4, 5) }), 10)).count).toBe(3);
  });
});

const mnist = fileURLToPath(new URL("../../../../shared/data/mnist", import.meta.url));
const hasMnist = existsSync(mnist);
describe.skipIf(!hasMnist)(
  `MNIST${hasMnist ? "" : " (not run: it is not on this machine)"}`,
  () => {
    it("is read whole", async () => {
      const dataset = await openIdxDataset(mnist);
      expect(dataset).toMatchObject({
        name: "mnist",
        length: 60_000,
        classes: 10,
      });
      expect([...(dataset.labels ?? []).slice(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
      const last = await dataset.read([59_999]);
      expect(last.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(784 * 10);
    });

    it("is inspected to its end", async () => {
      const inspection = await inspectIdx(join(mnist, "t10k-images-idx3-ubyte.gz"));
      expect(inspection).toMatchObject({
        image: { height: 28, width: 28, channels: 1 },
        length: 10_000,
        classCounts: [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
      });
    });
  },
);
