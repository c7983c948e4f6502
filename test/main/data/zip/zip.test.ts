import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readDirectory } from "../../../../main/data/zip/directory.ts";
import { readEntry } from "../../../../main/data/zip/entry.ts";
import { temporaryFolder } from "../../../support/home.ts";
import { zipFile, type ZippedFile } from "../../../support/zip-file.ts";

const content = Buffer.from("hello, hello, hello, hello");

function fileOf(bytes: Uint8Array): string {
  const path = join(temporaryFolder(), "a.zip");
  writeFileSync(path, bytes);
  return path;
}

async function firstOf(file: Partial<ZippedFile>) {
  const path = fileOf(zipFile([{ name: "a.png", content, ...file }]));
  const [entry] = await readDirectory(path);
  if (!entry) throw new Error("no entry");
  return readEntry(path, entry);
}

describe("a ZIP archive", () => {
  it.each([
    ["stored", 0],
    ["deflated", 8],
  ])("gives its files, %s", async (_, method) => {
    expect(await firstOf({ method })).toEqual(content);
    expect(await firstOf({ method, content: Buffer.alloc(0) })).toHaveLength(0);
  });

  it("names its files, not its folders, also behind a comment", async () => {
    const files = ["a/", "a/ü.png", "b\\c.png"].map((name) => ({ name, content }));
    const entries = await readDirectory(fileOf(zipFile(files, "PK\x05\x06 a comment")));
    expect(entries.map(({ name }) => name)).toEqual(["a/ü.png", "b/c.png"]);
    expect(await readDirectory(fileOf(zipFile([])))).toEqual([]);
  });

  const valid = zipFile([{ name: "a.png", content }]);
  const patched = (at: number, value: number) => {
    const file = Buffer.from(valid);
    file.writeUInt32LE(value, file.length - 22 + at);
    return file;
  };
  it.each<[string, Uint8Array, RegExp]>([
    ["is cut off", valid.subarray(0, -1), /directory is cut off or damaged/],
    ["is cut off early", valid.subarray(0, 40), /directory is cut off or damaged/],
    ["is empty", new Uint8Array(0), /directory is cut off or damaged/],
    ["has its directory beyond its end", patched(16, 1e9), /cut off or damaged/],
    ["has a directory of 4 GB", patched(12, 0xfffffff0), /cut off or damaged/],
    ["has more files than its directory", patched(8, 0x00090009), /cut off or damaged/],
    ["is a ZIP64", patched(16, 0xffffffff), /ZIP64.*unpack/],
    [
      "has a file beyond its end",
      zipFile([{ name: "a", content, claimed: { at: 5000 } }]),
      /cut off or damaged/,
    ],
    [
      "has files that share their bytes",
      zipFile([
        { name: "a", content: Buffer.alloc(100), method: 0 },
        { name: "b", content, method: 0, claimed: { at: 0, packedBytes: 100 } },
      ]),
      /overlap/,
    ],
  ])("that %s is refused with its name", async (_, bytes, message) => {
    const path = fileOf(bytes);
    const thrown = await readDirectory(path).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: "data.format" });
    expect((thrown as Error).message).toMatch(message);
    expect((thrown as Error).message).toContain(path);
  });

  it("that is not there is refused", async () => {
    await expect(readDirectory("/nowhere/a.zip")).rejects.toMatchObject({ code: "data.missing" });
  });
});

describe("a file of an archive", () => {
  it.each<[string, Partial<ZippedFile>, RegExp]>([
    ["encrypted", { flags: 1 }, /encrypted; unpack/],
    ["packed by another method", { method: 12 }, /unusual method; unpack/],
    ["of another checksum", { claimed: { crc: 1 } }, /damaged in the archive/],
    ["longer than is claimed", { claimed: { bytes: 5 } }, /damaged in the archive/],
    ["shorter than is claimed", { claimed: { bytes: 500 } }, /damaged in the archive/],
    ["cut off", { claimed: { packedBytes: 5 } }, /damaged in the archive/],
    ["no beginning of a file", { claimed: { at: 4 } }, /damaged in the archive/],
  ])("%s is refused with the reason alone", async (_, file, message) => {
    await expect(firstOf(file)).rejects.toMatchObject({
      code: "data.format",
      message: expect.stringMatching(message) as string,
    });
  });

  it("that would unpack to more than it claims is stopped there", async () => {
    const bomb = { content: Buffer.alloc(50_000_000), claimed: { bytes: 1000 } };
    await expect(firstOf(bomb)).rejects.toThrow(/damaged/);
  });
});
