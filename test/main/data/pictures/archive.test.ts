import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inspectPictures, openPictures } from "../../../../main/data/pictures/dataset.ts";
import { resolveSource } from "../../../../main/data/resolve.ts";
import type { FolderSource } from "../../../../main/spec/data.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { plainPng } from "../../../support/pictures.ts";
import { zipFile, type ZippedFile } from "../../../support/zip-file.ts";

const png = (value: number) => plainPng({ value });

const at = (folder: string) => ({ folder, cache: join(temporaryFolder(), "cache") });

function archive(...files: ZippedFile[]) {
  const path = join(temporaryFolder(), "faces.zip");
  writeFileSync(path, zipFile(files));
  const source: FolderSource = {
    ...{ kind: "folder", path, filter: "", height: 8, width: 8, channels: 1 },
  };
  return { source, cache: join(temporaryFolder(), "cache") };
}

describe("a ZIP archive of pictures", () => {
  it("is a data set like a folder, and the folder around all pictures counts for nothing", async () => {
    const { source, cache } = archive(
      { name: "faces/dog/1.png", content: png(3) },
      { name: "faces/cat/2.png", content: png(2), method: 0 },
      { name: "faces/cat/1.png", content: png(1) },
      { name: "faces/README.md", content: Buffer.from("# Faces") },
      { name: "__MACOSX/faces/cat/._1.png", content: Buffer.from("x") },
    );
    const { read, labels, close, name } = await openPictures(source, cache);
    expect(name).toBe("faces");
    expect([...(await read([0, 1, 2]))].filter((_, i) => i % 64 === 0)).toEqual([1, 2, 3]);
    expect([...(labels ?? [])]).toEqual([0, 0, 1]);
    await close();
    expect(await inspectPictures({ ...source, filter: "2" }, cache)).toMatchObject({ length: 1 });
  });

  it("may name all its files from its own folder on, as some programs pack them", async () => {
    const { source, cache } = archive(
      { name: "./dog/1.png", content: png(3) },
      { name: "./cat/1.png", content: png(1) },
      { name: "./.hidden/1.png", content: png(9) },
    );
    const { length, classNames } = await inspectPictures(source, cache);
    expect({ length, classNames }).toEqual({ length: 2, classNames: ["cat", "dog"] });
  });

  it("names what cannot be used and goes on without it", async () => {
    const { source, cache } = archive(
      { name: "../../a.png", content: png(1) },
      { name: "b.png", content: png(2), flags: 1 },
      { name: "c.png", content: png(3), claimed: { crc: 5 } },
      { name: "d.png", content: Buffer.from("x") },
      { name: "e.png", content: Buffer.from("x"), claimed: { bytes: 0xfffffff0 } },
      { name: "f.gif", content: Buffer.from("x") },
      { name: "z.png", content: png(4) },
    );
    const { length, unusable } = await inspectPictures(source, cache);
    // Names that lead out of the archive lead nowhere; hidden folders are left out.
    expect(length).toBe(1);
    expect(Object.fromEntries((unusable ?? []).map(({ file, reason }) => [file, reason]))).toEqual({
      "b.png": expect.stringMatching(/encrypted/) as string,
      "c.png": "it is damaged in the archive",
      "d.png": expect.stringMatching(/not a PNG/) as string,
      "e.png": expect.stringMatching(/larger than 128 MiB/) as string,
      "f.gif": expect.stringMatching(/only PNG/) as string,
    });
  });

  it("is known by its content, with the size of its pictures", async () => {
    const grey = plainPng({ side: 28, channels: 1 });
    const { source } = archive({ name: "1.png", content: grey });
    expect(await resolveSource(source.path, at("/"))).toEqual({ ...source, height: 28, width: 28 });
  });

  it("without pictures is refused", async () => {
    const { source, cache } = archive({ name: "a.txt", content: png(1) });
    await expect(resolveSource(source.path, at("/"))).rejects.toThrow(
      /ZIP archive without anything.*PNG/,
    );
    await expect(inspectPictures(source, cache)).rejects.toMatchObject({ code: "data.empty" });
  });
});
