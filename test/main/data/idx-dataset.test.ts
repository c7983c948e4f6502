import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { inspectDataset, openDataset, resolveSource } from "../../../main/data/open.ts";
import { temporaryFolder } from "../../support/home.ts";
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

const open = (path: string) => openDataset({ kind: "idx", path });
const inspect = (path: string) => inspectDataset({ kind: "idx", path });

describe("IDX data sets", () => {
  it("take the training images of a folder, with their labels", async () => {
    const folder = folderWith({
      "t10k-images-idx3-ubyte": images(2, 4, 4),
      "train-images-idx3-ubyte.gz": gzipSync(images(3, 4, 5)),
      "train-labels-idx1-ubyte": labels(2, 0, 2),
      "README.md": Buffer.from("hello"),
    });
    const dataset = await open(folder);
    expect(dataset).toMatchObject({
      name: "train-images-idx3-ubyte",
      image: { height: 4, width: 5, channels: 1 },
      length: 3,
      classes: 3,
    });
    expect([...(dataset.labels ?? [])]).toEqual([2, 0, 2]);
    const [third, first] = [40, 0].map((at) => Array.from({ length: 20 }, (_, i) => at + i));
    expect([...(await dataset.read([2, 0]))]).toEqual([...(third ?? []), ...(first ?? [])]);
    expect(await inspect(folder)).toMatchObject({ length: 3, classCounts: [1, 0, 2] });
  });

  it("need no labels, and may have colours", async () => {
    const dataset = await open(
      join(folderWith({ "a-idx3-ubyte": images(2, 4, 4, 3) }), "a-idx3-ubyte"),
    );
    expect(dataset).toMatchObject({ image: { channels: 3 }, classes: 0, labels: null });
  });

  it.each([
    [
      "a folder without images",
      { "notes.txt": Buffer.from("x") },
      "data.empty",
      /holds no IDX images/,
    ],
    [
      "a folder of pictures",
      { "cat.png": Buffer.from("x") },
      "data.empty",
      /Picture files cannot be read yet/,
    ],
    [
      "several unknown files of images",
      { "a-idx3-ubyte": images(1, 2, 2), "b-idx3-ubyte": images(1, 2, 2) },
      "data.unknown",
      /a-idx3-ubyte, b-idx3-ubyte.*Name the one/,
    ],
    [
      "labels of another number",
      { "train-images-idx3-ubyte": images(3, 2, 2), "train-labels-idx1-ubyte": labels(1, 2) },
      "data.format",
      /train-labels-idx1-ubyte holds 2 labels for 3 images/,
    ],
    [
      "damaged labels",
      {
        "train-images-idx3-ubyte": images(3, 2, 2),
        "train-labels-idx1-ubyte": Buffer.from([0, 0, 8, 1, 0]),
      },
      "data.format",
      /train-labels-idx1-ubyte/,
    ],
    ["images that are too large", { "a-idx3-ubyte": images(1, 1, 2000) }, "data.format", /1×2000/],
    ["images of two channels", { "a-idx3-ubyte": images(1, 2, 2, 2) }, "data.format", /2×2×2/],
    [
      "labels in the place of images",
      { "train-images-idx3-ubyte": labels(1, 2) },
      "data.format",
      /height×width/,
    ],
  ])("refuse %s", async (_, files, code, message) => {
    const folder = folderWith(files);
    for (const use of [open, inspect]) {
      const thrown = await use(folder).catch((error: unknown) => error);
      expect(thrown).toMatchObject({ code, message: expect.stringMatching(message) as string });
    }
  });

  it("are found by path, from a folder when it is relative", async () => {
    const folder = folderWith({ "a-idx3-ubyte": images(1, 2, 2) });
    mkdirSync(join(folder, "inner"));
    const source = { kind: "idx", path: join(folder, "a-idx3-ubyte") };
    expect(await resolveSource("../a-idx3-ubyte", join(folder, "inner"))).toEqual(source);
    expect(await resolveSource("digits", folder)).toMatchObject({ kind: "digits" });
    await expect(resolveSource("nothing-here", folder)).rejects.toMatchObject({
      code: "data.missing",
    });
  });

  const mnist = fileURLToPath(new URL("../../../../shared/data/mnist", import.meta.url));
  const hasMnist = existsSync(mnist);
  it.skipIf(!hasMnist)(
    `read the whole of MNIST${hasMnist ? "" : " (not run: MNIST is not on this machine)"}`,
    async () => {
      expect(await inspect(mnist)).toMatchObject({
        image: { height: 28, width: 28, channels: 1 },
        length: 60_000,
        classCounts: [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
      });
    },
  );
});
