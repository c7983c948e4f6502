import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readDirectory, type ZipEntry } from "../../../../main/data/zip/directory.ts";
import { readEntry } from "../../../../main/data/zip/entry.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { zipFile, type ZippedFile } from "../../../support/zip-file.ts";

const content = Buffer.from("hello, hello, hello, hello");

function fileOf(bytes: Uint8Array): string {
  const path = join(temporaryFolder(), "a.zip");
  writeFileSync(path, bytes);
  return path;
}

async function firstOf(file: Partial<ZippedFile>): Promise<Uint8Array> {
  const path = fileOf(zipFile([{ name: "a.png", content, ...file }]));
  const [entry] = await readDirectory(path);
  return readEntry(path, entry as ZipEntry);
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
  const large = () => zipFile([{ name: "a.png", content }], "", true);
  const elsewhere = Buffer.from(valid);
  elsewhere.writeUInt32LE(1e9, valid.length - 22 + 16);
  // The end of 22 bytes follows the larger record's place (20 bytes) and the record itself (56).
  const end = large().length - 22;
  const moved = large();
  moved.writeBigUInt64LE(2n ** 60n, end - 12);
  const crowded = large();
  crowded.writeBigUInt64LE(2n ** 40n, end - 20 - 56 + 32);
  // The entry's larger sizes stand behind its name and a field of four bytes and two.
  const sizesField = large().indexOf("PK\x01\x02") + 46 + "a.png".length + 6;

  it("of the larger kind (ZIP64) gives the same files", async () => {
    const files = ["a/1.png", "b.png"].map((name, i) => ({ name, content, method: 8 * i }));
    const path = fileOf(zipFile(files, "comment", true));
    const entries = await readDirectory(path);
    expect(entries).toEqual(await readDirectory(fileOf(zipFile(files))));
    expect(await readEntry(path, entries[1] as ZipEntry)).toEqual(content);
  });

  it("may hold more files than the smaller kind can count", async () => {
    const empty = new Uint8Array(0);
    const names = Array.from({ length: 66_000 }, (_, i) => ({ name: `${i}.png`, content: empty }));
    const stored = names.map((file) => ({ ...file, method: 0 }));
    expect(await readDirectory(fileOf(zipFile(stored, "", true)))).toHaveLength(66_000);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ["is cut off", valid.subarray(0, -1), /directory is cut off or damaged/],
    ["is cut off early", valid.subarray(0, 40), /directory is cut off or damaged/],
    ["is empty", new Uint8Array(0), /directory is cut off or damaged/],
    ["has its directory beyond its end", elsewhere, /cut off or damaged/],
    ["is a ZIP64 without its sizes", large().fill(0, sizesField, sizesField + 2), /damaged/],
    ["is a ZIP64 with its record where no file can have it", moved, /cut off or damaged/],
    ["claims more files than memory has room for", crowded, /more files than can be listed/],
    [
      "stores a file as it is, in another length",
      zipFile([{ name: "a", content, method: 0, claimed: { bytes: 5 } }]),
      /cut off or damaged/,
    ],
    [
      "has a file beyond its end",
      zipFile([{ name: "a", content, claimed: { at: 5000 } }]),
      /cut off or damaged/,
    ],
    [
      "has files that share their bytes",
      zipFile([
        { name: "a", content: Buffer.alloc(1000), method: 0 },
        { name: "b", content, claimed: { at: 0, packedBytes: 1000 } },
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
