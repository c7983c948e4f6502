import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { findIdxFiles } from "../../../main/data/idx-folder.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { idxFile } from "../../support/idx-file.ts";

const images = idxFile([2, 2, 2], new Uint8Array(8));
const labels = idxFile([2], new Uint8Array(2));

function folderWith(files: Record<string, Uint8Array>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

async function found(files: Record<string, Uint8Array>) {
  const folder = folderWith(files);
  const { images, labels } = await findIdxFiles(folder);
  return [images, labels].map((path) => path?.slice(folder.length + 1) ?? null);
}

describe("a folder's files", () => {
  it("are MNIST's training images and their labels", async () => {
    expect(
      await found({
        "t10k-images-idx3-ubyte.gz": gzipSync(images),
        "t10k-labels-idx1-ubyte.gz": gzipSync(labels),
        "train-images-idx3-ubyte.gz": gzipSync(images),
        "train-labels-idx1-ubyte.gz": gzipSync(labels),
        "README.md": Buffer.from("# MNIST"),
      }),
    ).toEqual(["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"]);
  });

  it("may have other prefixes, dots, and only one of the two gzipped", async () => {
    expect(
      await found({
        "emnist-digits-train-images-idx3-ubyte": images,
        "emnist-digits-train-labels-idx1-ubyte.gz": gzipSync(labels),
        "emnist-digits-test-images-idx3-ubyte": images,
      }),
    ).toEqual([
      "emnist-digits-train-images-idx3-ubyte",
      "emnist-digits-train-labels-idx1-ubyte.gz",
    ]);
    expect(
      await found({ "train-images.idx3-ubyte": images, "train-labels.idx1-ubyte": labels }),
    ).toEqual(["train-images.idx3-ubyte", "train-labels.idx1-ubyte"]);
  });

  it("are known by their content where the names say nothing", async () => {
    expect(await found({ stars: gzipSync(images), counts: labels, "notes.txt": labels })).toEqual([
      "stars",
      null,
    ]);
  });

  it("count once when they lie there gzipped and not", async () => {
    expect(await found({ "a-idx3": images, "a-idx3.gz": gzipSync(images) })).toEqual([
      "a-idx3",
      null,
    ]);
  });

  it("may be the test images when there are no others", async () => {
    expect(await found({ "t10k-images-idx3-ubyte": images })).toEqual([
      "t10k-images-idx3-ubyte",
      null,
    ]);
  });

  it("are taken when damaged, so that the reason is told", async () => {
    const damaged = Buffer.from("not gzip");
    expect((await found({ "train-images-idx3-ubyte.gz": damaged }))[0]).toBe(
      "train-images-idx3-ubyte.gz",
    );
  });

  it.each([
    ["nothing", {}, "data.empty", /holds no IDX file of images; choose/],
    ["no images", { "a.txt": Buffer.from("x"), b: labels }, "data.empty", /holds no IDX file/],
    ["pictures", { "cat.png": Buffer.from("x") }, "data.empty", /holds no IDX file/],
    ["several", { b: images, a: images }, "data.unknown", /several files of images: a, b\. Name/],
    [
      "several training images",
      { "x-train-images-idx3": images, "y-train-images-idx3": images, z: images },
      "data.unknown",
      /: x-train-images-idx3, y-train-images-idx3\. Name/,
    ],
  ])("are refused when there is %s", async (_, files, code, message) => {
    const folder = folderWith(files);
    const thrown = await findIdxFiles(folder).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code, message: expect.stringMatching(message) as string });
    expect((thrown as Error).message).toContain(folder);
  });

  it("do not include folders, whatever they are called", async () => {
    const folder = folderWith({});
    mkdirSync(join(folder, "train-images-idx3-ubyte"));
    await expect(findIdxFiles(folder)).rejects.toMatchObject({ code: "data.empty" });
  });

  it("are not looked into one by one when they are very many", async () => {
    const folder = temporaryFolder();
    for (let i = 0; i < 1001; i++) writeFileSync(join(folder, `${i}.txt`), "");
    await expect(findIdxFiles(folder)).rejects.toThrow(/1,001 files.*name the IDX file itself/);
  });
});

describe("a file's labels", () => {
  it("lie beside it under its name", async () => {
    const folder = folderWith({
      "t10k-images-idx3-ubyte": images,
      "t10k-labels-idx1-ubyte": labels,
      "train-labels-idx1-ubyte": labels,
    });
    expect(await findIdxFiles(join(folder, "t10k-images-idx3-ubyte"))).toEqual({
      images: join(folder, "t10k-images-idx3-ubyte"),
      labels: join(folder, "t10k-labels-idx1-ubyte"),
    });
  });

  it("are missed where the path names nothing", async () => {
    await expect(findIdxFiles("/nowhere/at/all")).rejects.toMatchObject({ code: "data.missing" });
  });
});
