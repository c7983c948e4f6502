import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  firstPictures,
  inspectPictures,
  openPictures,
} from "../../../../main/data/pictures/dataset.ts";
import type { FolderSource } from "../../../../main/spec/data.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { plainPng } from "../../../support/pictures.ts";

function write(folder: string, file: string, content: Uint8Array): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), content);
}

/** Files by name; a number stands for a picture of that grey. */
function example(files: Record<string, number | Buffer>, changes: Partial<FolderSource> = {}) {
  const path = join(temporaryFolder(), "faces");
  mkdirSync(path);
  for (const [file, content] of Object.entries(files)) {
    write(path, file, typeof content === "number" ? plainPng({ value: content }) : content);
  }
  const source: FolderSource = {
    ...{ kind: "folder", path, filter: "", height: 8, width: 9, channels: 1 },
    ...changes,
  };
  return { source, cache: join(temporaryFolder(), "deep", "cache") };
}

async function valuesOf(source: FolderSource, cache: string): Promise<(number | undefined)[]> {
  const { read, length, image, close } = await openPictures(source, cache);
  const pixels = await read(Array.from({ length }, (_, i) => i));
  await close();
  const size = image.height * image.width * image.channels;
  return Array.from({ length }, (_, i) => pixels[i * size]);
}

describe("a folder of pictures", () => {
  it("is a data set in the order of its paths, labelled by its folders", async () => {
    const { source, cache } = example({ "dog/1.png": 3, "cat/2.png": 2, "cat/1.png": 1 });
    const { read, labels, close, ...facts } = await openPictures(source, cache);
    const image = { height: 8, width: 9, channels: 1 };
    expect(facts).toEqual({ name: "faces", image, length: 3, classes: 2 });
    expect(labels).toEqual(Uint8Array.from([0, 0, 1]));
    expect(await read([2, 0, 1, 1])).toEqual(
      Uint8Array.from({ length: 4 * 72 }, (_, i) => [3, 1, 2, 2][Math.floor(i / 72)] as number),
    );
    expect(await read([])).toEqual(new Uint8Array(0));
    await close();
  });

  it.each([[-1], [3], [NaN], [0.5]])("has no image %s", async (index) => {
    const { source, cache } = example({ "1.png": 1, "2.png": 2, "3.png": 3 });
    const { read, close } = await openPictures(source, cache);
    await expect(read([0, index])).rejects.toThrow(RangeError);
    await expect(read([0, 1, 2, index])).rejects.toThrow(RangeError);
    await close();
  });

  it("names each file that cannot be used with its reason, and goes on without it", async () => {
    const { source, cache } = example({
      "a.png": 1,
      "b.png": plainPng({}).subarray(0, 40),
      "c/empty.jpg": Buffer.alloc(0),
      "c/text.webp": Buffer.from("no picture"),
      "c/z.gif": Buffer.from("GIF89a"),
      "d.png": plainPng({ claimed: 60_000 }),
      "e.png": 5,
    });
    const found = await inspectPictures(source, cache);
    expect(found).toMatchObject({ length: 2, unusableCount: 5, classCounts: [], classNames: [] });
    expect(found.unusable?.map(({ file, reason }) => `${file}: ${reason}`).sort()).toEqual([
      "b.png: it is cut off or damaged",
      "c/empty.jpg: it is empty",
      "c/text.webp: it is not a PNG, JPEG, WebP or BMP picture, whatever its name says",
      "c/z.gif: only PNG, JPEG, WebP and BMP pictures can be used; convert it to one of them",
      "d.png: it claims 60,000×60,000 pixels, too many to decode",
    ]);
    expect(await valuesOf(source, cache)).toEqual([1, 5]);
  });

  it("is told by class", async () => {
    const { source, cache } = example({ "a/1.png": 1, "b/1.png": 2, "b/2.png": 3 });
    expect(await inspectPictures(source, cache)).toMatchObject({
      classCounts: [1, 2],
      classNames: ["a", "b"],
      unusable: [],
    });
  });

  it.each([
    ["no picture", {}, "", /faces holds no picture that can be used; choose/],
    ["no picture of that name", { "a.png": 1 }, "x", /whose name contains «x»/],
    [
      "none that can be used",
      { "a.png": Buffer.from("x") },
      "",
      /first file that cannot: a\.png, it is not/,
    ],
  ])("with %s is refused, and nothing is kept", async (_, files, filter, message) => {
    const { source, cache } = example(files, { filter });
    for (const use of [openPictures, inspectPictures]) {
      await expect(use(source, cache)).rejects.toMatchObject({
        code: "data.empty",
        message: expect.stringMatching(message) as string,
      });
    }
    await expect(firstPictures(source, cache, 3)).rejects.toMatchObject({ code: "data.empty" });
    expect(existsSync(cache) ? readdirSync(cache) : []).toEqual([]);
  });
});

describe("the cache of prepared pictures", () => {
  /** Same size, same time, other content: only a cache does not see it. */
  const repaint = (source: FolderSource, file: string, value: number) => {
    writeFileSync(join(source.path, file), plainPng({ value }));
    utimesSync(join(source.path, file), 1000, 1000);
  };
  const painted = (changes: Partial<FolderSource> = {}) => {
    const made = example({ "1.png": 1, "2.png": 2 }, changes);
    repaint(made.source, "1.png", 1);
    return made;
  };

  it("is read at the second start instead of the files", async () => {
    const { source, cache } = painted();
    expect(await valuesOf(source, cache)).toEqual([1, 2]);
    repaint(source, "1.png", 3);
    expect(await valuesOf(source, cache)).toEqual([1, 2]);
    const first = await firstPictures(source, cache, 1);
    expect(first.pixels[0]).toBe(1);
    expect(readdirSync(cache)).toHaveLength(2);
  });

  it.each<[string, (source: FolderSource) => void, number[]]>([
    [
      "a file's time",
      ({ path }) => {
        utimesSync(join(path, "1.png"), 2000, 2000);
      },
      [3, 2],
    ],
    [
      "a new file",
      ({ path }) => {
        write(path, "0.png", plainPng({ value: 9 }));
      },
      [9, 3, 2],
    ],
    [
      "a file that went",
      ({ path }) => {
        rmSync(join(path, "2.png"));
      },
      [3],
    ],
  ])("is made anew after %s, and the old one goes", async (_, change, expected) => {
    const { source, cache } = painted();
    await inspectPictures(source, cache);
    repaint(source, "1.png", 3);
    change(source);
    expect(await valuesOf(source, cache)).toEqual(expected);
    expect(readdirSync(cache)).toHaveLength(2);
  });

  it("is another for other settings", async () => {
    const { source, cache } = painted();
    await inspectPictures(source, cache);
    repaint(source, "1.png", 3);
    expect(await valuesOf({ ...source, channels: 3 }, cache)).toEqual([3, 2]);
    expect(await valuesOf({ ...source, filter: "1" }, cache)).toEqual([3]);
    expect(await valuesOf(source, cache)).toEqual([1, 2]);
  });

  it.each<[string, (cache: string, name: string) => void]>([
    [
      "images are cut off",
      (cache, name) => {
        truncateSync(join(cache, `${name}.pixels`), 100);
      },
    ],
    [
      "images are gone",
      (cache, name) => {
        rmSync(join(cache, `${name}.pixels`));
      },
    ],
    [
      "index is no JSON",
      (cache, name) => {
        writeFileSync(join(cache, `${name}.json`), "{");
      },
    ],
    [
      "index is of something else",
      (cache, name) => {
        writeFileSync(join(cache, `${name}.json`), "{}");
      },
    ],
    [
      "index is gone",
      (cache, name) => {
        rmSync(join(cache, `${name}.json`));
      },
    ],
  ])("is made anew when its %s", async (_, damage) => {
    const { source, cache } = painted();
    await inspectPictures(source, cache);
    const name = basename(readdirSync(cache)[0] as string).replace(/\..*/, "");
    damage(cache, name);
    repaint(source, "1.png", 3);
    expect(await valuesOf(source, cache)).toEqual([3, 2]);
  });

  it("keeps its labels and reasons", async () => {
    const { source, cache } = example({ "a/1.png": 1, "b/1.png": 2, "b/2.png": Buffer.from("x") });
    const first = await inspectPictures(source, cache);
    expect(await inspectPictures(source, cache)).toEqual(first);
    expect(first.unusableCount).toBe(1);
  });

  it("is not needed for a preview, which decodes no more than it shows", async () => {
    const { source, cache } = painted();
    const { count, pixels, image } = await firstPictures(source, cache, 1);
    expect({ count, value: pixels[0], image }).toMatchObject({ count: 1, value: 1 });
    expect(pixels).toHaveLength(72);
    expect((await firstPictures(source, cache, 50)).count).toBe(2);
    expect(() => readdirSync(cache)).toThrow(/ENOENT/);
  });

  it("cannot be written where a file has its name", async () => {
    const { source } = painted();
    const cache = join(temporaryFolder(), "file");
    writeFileSync(cache, "");
    await expect(openPictures(source, cache)).rejects.toMatchObject({ code: "file.unwritable" });
    expect(readFileSync(cache, "utf8")).toBe("");
  });
});
