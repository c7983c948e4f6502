import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  firstImages,
  inspectDataset,
  openDataset,
  resolveSource,
} from "../../../main/data/open.ts";
import { builtInDigits } from "../../../main/spec/data.ts";
import { temporaryFolder } from "../../support/home.ts";
import { idxFile } from "../../support/idx-file.ts";

const file = idxFile([2, 2, 2], Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]));

function folderWithFile(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "a-idx3-ubyte"), file);
  mkdirSync(join(folder, "inner"));
  return folder;
}

describe("what a person types", () => {
  it("is the built-in digits by their name", async () => {
    expect(await resolveSource("digits", "/")).toEqual(builtInDigits);
    expect(await resolveSource(" Digits ", "/")).toEqual(builtInDigits);
  });

  it("is a path to a file or folder, from a folder when it is relative", async () => {
    const folder = folderWithFile();
    const source = { kind: "idx", path: join(folder, "a-idx3-ubyte") };
    expect(await resolveSource("../a-idx3-ubyte", join(folder, "inner"))).toEqual(source);
    expect(await resolveSource("a-idx3-ubyte", folder)).toEqual(source);
    expect(await resolveSource(folder, "/")).toEqual({ kind: "idx", path: folder });
  });

  it.each([
    ["a word that names nothing", "mnist", "data.unknown", /no data set «mnist».*«digits».*path/],
    ["nothing", "  ", "data.unknown", /no data set/],
    [
      "a path that is not there",
      "./none.gz",
      "data.missing",
      /none\.gz cannot be read: there is no/,
    ],
    ["a folder without images", "inner", "data.empty", /inner holds no IDX file/],
    ["a file of something else", "text", "data.format", /text: it is not an IDX file/],
    ["a file that is cut off", "cut", "data.format", /cut: it is cut off/],
  ])("is refused when it is %s", async (_, text, code, message) => {
    const folder = folderWithFile();
    writeFileSync(join(folder, "text"), "hello, world");
    writeFileSync(join(folder, "cut"), file.subarray(0, -1));
    await expect(resolveSource(text, folder)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
  });
});

describe("a source", () => {
  it.each([
    ["digits", () => ({ kind: "digits", count: 12, seed: 2 }) as const],
    ["idx", () => ({ kind: "idx", path: folderWithFile() }) as const],
  ])("of kind %s is told the same opened, inspected and previewed", async (_, sourceOf) => {
    const source = sourceOf();
    const { name, image, length, read } = await openDataset(source);
    expect(await inspectDataset(source)).toMatchObject({ name, image, length });
    const preview = await firstImages(source, 2);
    expect(preview).toEqual({ image, count: 2, pixels: await read([0, 1]) });
  });
});
