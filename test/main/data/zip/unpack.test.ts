import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { firstImages, inspectDataset, openDataset } from "../../../../main/data/open.ts";
import { resolveSource } from "../../../../main/data/resolve.ts";
import { unpackedFile } from "../../../../main/data/zip/unpack.ts";
import { encodeNpy } from "../../../../main/files/npy.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { idxFile } from "../../../support/idx-file.ts";
import { plainPng } from "../../../support/pictures.ts";
import { zipFile, type ZippedFile } from "../../../support/zip-file.ts";

const pixels = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]);
const images = idxFile([2, 2, 2], pixels);
const labels = idxFile([2], Uint8Array.from([1, 0]));
const npy = encodeNpy({ count: 2, height: 2, width: 2, channels: 1, pixels });

function archive(...files: ZippedFile[]) {
  const folder = temporaryFolder();
  const path = join(folder, "things.zip");
  writeFileSync(path, zipFile(files));
  return { path, cache: join(folder, "cache") };
}

const kept = (cache: string): string[] => (existsSync(cache) ? readdirSync(cache) : []);

describe("a ZIP archive of one data set", () => {
  it.each<[string, string, ZippedFile[], boolean]>([
    [
      "an IDX file with its labels",
      "idx",
      [
        { name: "a/train-images-idx3-ubyte", content: images },
        { name: "a/train-labels-idx1-ubyte", content: labels },
      ],
      true,
    ],
    [
      "gzipped IDX files, for training and for tests, beside a page",
      "idx",
      [
        { name: "t10k-images-idx3-ubyte.gz", content: gzipSync(idxFile([1, 2, 2], pixels)) },
        { name: "train-images-idx3-ubyte.gz", content: gzipSync(images) },
        { name: "train-labels-idx1-ubyte.gz", content: gzipSync(labels) },
        { name: "README.md", content: Buffer.from("# MNIST") },
      ],
      true,
    ],
    [
      "the same IDX file twice",
      "idx",
      [
        { name: "x-images.idx3-ubyte", content: images },
        { name: "x-images-idx3-ubyte/x-images-idx3-ubyte", content: images },
      ],
      false,
    ],
    [
      "lines of pixels",
      "csv",
      [
        { name: "mnist_test.csv", content: Buffer.from("9,9,9,9,9\n") },
        { name: "mnist_train.csv", content: Buffer.from("1,1,2,3,4\n0,5,6,7,8\n") },
      ],
      true,
    ],
    [
      "an .npz",
      "npz",
      [{ name: "deep/a.npz", content: zipFile([{ name: "x.npy", content: npy }]) }],
      false,
    ],
    [
      "lines of pixels in a file with the longest name that there is",
      "csv",
      [{ name: `${"像".repeat(80)}.csv`, content: Buffer.from("1,1,2,3,4\n0,5,6,7,8\n") }],
      true,
    ],
    ["an .npy", "npz", [{ name: "deep/images.npy", content: npy }], false],
  ])("with %s is that data set", async (_, kind, files, isLabelled) => {
    const { path, cache } = archive(...files);
    const source = await resolveSource(path, { folder: "/", cache });
    expect(source).toMatchObject({ kind, path });
    const { name, length, labels: found, read, close } = await openDataset(source, cache);
    expect({ name, length }).toEqual({
      name: files[0]?.name.endsWith("npy") ? "things.zip" : "things",
      length: 2,
    });
    expect([...(await read([1, 0]))]).toEqual([5, 6, 7, 8, 1, 2, 3, 4]);
    expect(found && [...found]).toEqual(isLabelled ? [1, 0] : null);
    await close();
    const image = { height: 2, width: 2, channels: 1 };
    expect(await inspectDataset(source, cache)).toMatchObject({ name, image, length: 2 });
    expect((await firstImages(source, cache, 1)).pixels).toEqual(pixels.slice(0, 4));
  });

  it("is unpacked once, and anew when it changes, and the old files go", async () => {
    const file = { name: "a.idx3", content: images };
    const { path, cache } = archive(file);
    const unpacked = await unpackedFile(path, cache);
    utimesSync(unpacked, 1000, 1000);
    expect(await unpackedFile(path, cache)).toBe(unpacked);
    expect(statSync(unpacked).mtimeMs).toBe(1_000_000);
    writeFileSync(
      path,
      zipFile([
        {
          ...file,
          content: idxFile(
            [2, 2, 2],
            pixels.map((x) => x + 1),
          ),
        },
      ]),
    );
    const next = await unpackedFile(path, cache);
    expect(next).not.toBe(unpacked);
    expect(kept(cache)).toEqual([next.slice(cache.length + 1)]);
  });

  it.each(["/evil.idx3", "C:evil.idx3", "C:\\evil.idx3", "con.idx3", "a\0/é vil.idx3"])(
    "cannot write outside the cache by the name %j",
    async (name) => {
      const { path, cache } = archive({ name, content: images });
      const unpacked = await unpackedFile(path, cache);
      expect(kept(cache)).toEqual([unpacked.slice(cache.length + 1)]);
      expect(kept(cache)[0]).toMatch(/^unpacked-[0-9a-f]{20}-[0-9a-f]{20}-[\p{L}\d._]+$/u);
      expect(readdirSync(join(cache, ".."))).toEqual(["cache", "things.zip"]);
    },
  );

  it.each(["../evil.idx3", "..\\evil.idx3", "a/../../evil.idx3"])(
    "is not unpacked for a file of the name %j",
    async (name) => {
      const { path, cache } = archive({ name, content: images });
      expect(await unpackedFile(path, cache)).toBe(path);
      expect(readdirSync(join(cache, ".."))).toEqual(["things.zip"]);
    },
  );

  it("may hold pictures: they are read where they are, also beside a table", async () => {
    const picture = { name: "1.png", content: plainPng({}) };
    const { path, cache } = archive(picture, { name: "list.csv", content: Buffer.from("1,2\n") });
    expect(await resolveSource(path, { folder: "/", cache })).toMatchObject({ kind: "folder" });
    expect(await unpackedFile(path, cache)).toBe(path);
    expect(kept(cache)).toEqual([]);
  });

  it("is left alone where it is a folder, a pipe's name or nothing", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "a.zip"));
    expect(await unpackedFile(join(folder, "a.zip"), folder)).toBe(join(folder, "a.zip"));
    expect(await unpackedFile(join(folder, "none"), folder)).toBe(join(folder, "none"));
  });
});

describe("a ZIP archive that is no good", () => {
  const huge = { name: "a.idx3", content: images };
  it.each<[string, ZippedFile[], string, RegExp]>([
    [
      "holds several data sets",
      [
        { name: "a.csv", content: Buffer.from("1,2,3,4\n") },
        { name: "b.csv", content: Buffer.from("1,2,3,4,5\n") },
      ],
      "data.unknown",
      /several data sets: a\.csv, b\.csv\. Unpack it and name/,
    ],
    [
      "is a bomb",
      [{ ...huge, claimed: { bytes: 0xf0000000 } }],
      "data.format",
      /a\.idx3: it would grow from 0\.0 MiB to 3\.8 GiB/,
    ],
    [
      "unpacks to more than it claims",
      [{ ...huge, content: Buffer.alloc(30_000_000), claimed: { bytes: 1000 } }],
      "data.format",
      /things\.zip, a\.idx3: it is damaged in the archive/,
    ],
    ["is damaged", [{ ...huge, claimed: { crc: 1 } }], "data.format", /a\.idx3: it is damaged/],
    ["is encrypted", [{ ...huge, flags: 1 }], "data.format", /a\.idx3: it is encrypted/],
    [
      "holds a damaged data file",
      [{ ...huge, content: images.subarray(0, -1) }],
      "data.format",
      /a\.idx3: it is cut off/,
    ],
  ])("because it %s is refused by name", async (_, files, code, message) => {
    const { path, cache } = archive(...files);
    await expect(resolveSource(path, { folder: "/", cache })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
    expect(kept(cache).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("or is called off leaves nothing half-written", async () => {
    const { path, cache } = archive({ name: "a.idx3", content: images });
    const controller = new AbortController();
    controller.abort(new Error("enough"));
    const { signal } = controller;
    await expect(unpackedFile(path, cache, { signal })).rejects.toThrow("enough");
    expect(kept(cache)).toEqual([]);
  });

  it("tells how far it is with unpacking", async () => {
    const { path, cache } = archive({ name: "a.idx3", content: images });
    const seen: unknown[] = [];
    await unpackedFile(path, cache, { onProgress: (progress) => seen.push(progress) });
    const total = images.length;
    expect(seen).toEqual([{ stage: "unpacking", done: total, total }]);
  });
});
