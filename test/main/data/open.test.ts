import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { firstImages, inspectDataset, openDataset } from "../../../main/data/open.ts";
import { encodeNpy } from "../../../main/files/npy.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { idxFile } from "../../support/idx-file.ts";
import { plainPng, type PlainPng } from "../../support/pictures.ts";

const file = idxFile([2, 2, 2], Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]));

function folderWithFile(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "a-idx3-ubyte"), file);
  mkdirSync(join(folder, "inner"));
  return folder;
}

function picturesFolder(files: Record<string, number>, size: PlainPng = {}): string {
  const folder = temporaryFolder();
  for (const [file, value] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), plainPng({ value, ...size }));
  }
  return folder;
}

const three = Array.from({ length: 3 }, (_, i) => new Array<number>(4).fill(i * 100));

function csvSource() {
  const path = join(temporaryFolder(), "a.csv");
  writeFileSync(path, three.map((pixels) => `${[7, ...pixels].join(",")}\n`).join(""));
  return { kind: "csv", path, height: 2, width: 2, channels: 1, label: "first" } as const;
}

function npySource() {
  const path = join(temporaryFolder(), "a.npy");
  const size = { count: 3, height: 2, width: 2, channels: 1 };
  writeFileSync(path, encodeNpy({ ...size, pixels: Uint8Array.from(three.flat()) }));
  return { kind: "npy", path } as const;
}

describe("a source", () => {
  it.each([
    ["digits", () => ({ kind: "digits", count: 12, seed: 2 }) as const],
    ["idx", () => ({ kind: "idx", path: folderWithFile() }) as const],
    ["csv", csvSource],
    ["npy", npySource],
    [
      "folder",
      () =>
        ({
          kind: "folder",
          path: picturesFolder({ "a.png": 1, "b.png": 2, "c.png": 3 }),
          filter: "",
          height: 8,
          width: 9,
          channels: 3,
        }) as const,
    ],
  ])("of kind %s is told the same opened, inspected and previewed", async (_, sourceOf) => {
    const source = sourceOf();
    const cache = join(temporaryFolder(), "cache");
    const { name, image, length, read, close } = await openDataset(source, cache);
    expect(await inspectDataset(source, cache)).toMatchObject({ name, image, length });
    const preview = await firstImages(source, cache, 2);
    expect(preview).toEqual({ image, count: 2, pixels: await read([0, 1]) });
    await close();
  });
});

it("is never looked for in the folder that the program stands in", async () => {
  const path = relative(process.cwd(), folderWithFile());
  const cache = join(temporaryFolder(), "cache");
  const source = { kind: "idx", path } as const;
  for (const read of [openDataset, inspectDataset]) {
    await expect(read(source, cache)).rejects.toMatchObject({ code: "data.missing" });
  }
  await expect(firstImages(source, cache, 1)).rejects.toThrow(/choose a data set/);
});
