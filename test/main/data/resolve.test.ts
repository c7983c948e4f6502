import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { resolveSource } from "../../../main/data/resolve.ts";
import { encodeNpy } from "../../../main/files/npy.ts";
import { builtInDigits } from "../../../main/spec/data.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { idxFile } from "../../support/idx-file.ts";
import { plainPng, type PlainPng } from "../../support/pictures.ts";

const file = idxFile([2, 2, 2], Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]));

const at = (folder: string) => ({ folder, cache: join(temporaryFolder(), "cache") });

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

describe("what a person types", () => {
  it("is the built-in digits by their name", async () => {
    expect(await resolveSource("digits", at("/"))).toEqual(builtInDigits);
    expect(await resolveSource(" Digits ", at("/"))).toEqual(builtInDigits);
  });

  it("is a path to a file or folder, from a folder when it is relative", async () => {
    const folder = folderWithFile();
    const source = { kind: "idx", path: join(folder, "a-idx3-ubyte") };
    expect(await resolveSource("../a-idx3-ubyte", at(join(folder, "inner")))).toEqual(source);
    expect(await resolveSource("a-idx3-ubyte", at(folder))).toEqual(source);
    expect(await resolveSource(folder, at("/"))).toEqual({ kind: "idx", path: folder });
  });

  it("is a folder of pictures at the wanted size, however deep they lie", async () => {
    const folder = picturesFolder({ "a/b/1.png": 9 });
    writeFileSync(join(folder, "README.md"), "# Pictures");
    const source = { kind: "folder", path: folder, filter: "" };
    const size = { height: 32, width: 32, channels: 1 } as const;
    expect(await resolveSource(folder, at("/"), size)).toEqual({ ...source, ...size });
    await expect(resolveSource(folder, at("/"), { ...size, height: 512 })).rejects.toThrow(
      /pictures, which can be used at 8×8 to 256×256 pixels, not at 512×32×1/,
    );
  });

  it.each([
    ["64×64 RGB", { side: 40, channels: 1 }, { height: 64, width: 64, channels: 3 }],
    ["64×64 RGB", { side: 28, channels: 3 }, { height: 64, width: 64, channels: 3 }],
    ["28×28 grey", { side: 28, channels: 1 }, { height: 28, width: 28, channels: 1 }],
  ] as const)("is a folder of pictures at %s where they are %j", async (_, size, wanted) => {
    const folder = picturesFolder({ "1.png": 1, "2.png": 2 }, size);
    expect(await resolveSource(folder, at("/"))).toMatchObject(wanted);
  });

  it("is a file of pixels, known by its name, whose columns tell the size", async () => {
    const path = join(temporaryFolder(), "a.csv");
    writeFileSync(path, "label,a,b,c,d\n1,2,3,4,5\n");
    const source = { kind: "csv", path, height: 2, width: 2, channels: 1, label: "first" };
    expect(await resolveSource(path, at("/"))).toEqual(source);
  });

  it("is a NumPy file, known by its content", async () => {
    const path = join(temporaryFolder(), "images");
    const size = { count: 1, height: 2, width: 2, channels: 1 };
    writeFileSync(path, encodeNpy({ ...size, pixels: new Uint8Array(4) }));
    expect(await resolveSource(path, at("/"))).toEqual({ kind: "npy", path });
    writeFileSync(path, encodeNpy({ ...size, pixels: new Uint8Array(4) }).subarray(0, -1));
    await expect(resolveSource(path, at("/"))).rejects.toThrow(/images: it is cut off/);
  });

  it("is an IDX file rather than the pictures beside it", async () => {
    const folder = folderWithFile();
    writeFileSync(join(folder, "preview.png"), plainPng({}));
    expect(await resolveSource(folder, at("/"))).toEqual({ kind: "idx", path: folder });
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
    await expect(resolveSource(text, at(folder))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
  });
});
