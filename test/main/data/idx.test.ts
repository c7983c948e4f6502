import { chmodSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { withIdx } from "../../../main/data/idx.ts";
import { words } from "../../../main/random/philox.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { idxFile } from "../../support/idx-file.ts";

function fileOf(content: Uint8Array, name = "mine-idx3-ubyte"): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

const read = (path: string) =>
  withIdx(path, async ({ sizes, data }) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of data) pieces.push(piece);
    return { sizes, bytes: Buffer.concat(pieces) };
  });

const content = Uint8Array.from({ length: 5 * 4 * 3 }, (_, i) => i);
const valid = idxFile([5, 4, 3], content);
const isRoot = process.getuid?.() === 0;
const isWindows = process.platform === "win32";

describe("an IDX file", () => {
  const twoMembers = [gzipSync(valid.subarray(0, 9)), gzipSync(valid.subarray(9))];
  it.each([
    ["plain", valid],
    ["gzipped", gzipSync(valid)],
    ["gzipped in two members", Buffer.concat(twoMembers)],
    ["gzipped, padded with zeros", Buffer.concat([gzipSync(valid), Buffer.alloc(100)])],
  ])("gives its sizes and bytes, %s", async (_, bytes) => {
    expect(await read(fileOf(bytes))).toEqual({ sizes: [5, 4, 3], bytes: Buffer.from(content) });
  });

  it("is judged by its content, not by its name", async () => {
    expect((await read(fileOf(gzipSync(valid), "images.png"))).sizes).toEqual([5, 4, 3]);
    expect((await read(fileOf(valid, "images.gz"))).sizes).toEqual([5, 4, 3]);
  });

  it("larger than a piece of reading arrives whole", async () => {
    const large = Uint8Array.from({ length: 1500 * 28 * 28 }, (_, i) => (i * 7) % 251);
    const file = idxFile([1500, 28, 28], large);
    for (const bytes of [file, gzipSync(file)]) {
      expect((await read(fileOf(bytes))).bytes.equals(large)).toBe(true);
    }
  });

  it("may be left before its end", async () => {
    const path = fileOf(gzipSync(idxFile([4000, 28, 28], new Uint8Array(4000 * 784))));
    const first = await withIdx(path, async ({ data }) => {
      for await (const piece of data) return piece.length;
      return 0;
    });
    expect(first).toBeGreaterThan(0);
    expect(await withIdx(path, ({ sizes }) => Promise.resolve(sizes))).toEqual([4000, 28, 28]);
  });
});

describe("a file that does not add up", () => {
  const wrongSum = Buffer.from(gzipSync(valid));
  wrongSum[wrongSum.length - 6]! ^= 1;
  it.each([
    ["without content", Buffer.alloc(0), "data.empty", /empty file/],
    ["cut in its header", valid.subarray(0, 9), "data.format", /ends after 9 bytes, inside/],
    [
      "cut in its images",
      valid.subarray(0, 16 + 25),
      "data.format",
      /5 items \(60 bytes\), but only 2 whole ones \(25 bytes\)/,
    ],
    ["one byte short", valid.subarray(0, -1), "data.format", /only 4 whole ones/],
    ["one byte long", Buffer.concat([valid, Buffer.of(1)]), "data.format", /has 1 more byte after/],
    ["gzipped and cut", gzipSync(valid.subarray(0, -1)), "data.format", /only 4 whole ones/],
    [
      "gzipped and too long",
      gzipSync(Buffer.concat([valid, Buffer.of(1)])),
      "data.format",
      /goes on after the 5 items \(60 bytes\)/,
    ],
    ["gzipped to nothing", gzipSync(""), "data.format", /ends after 0 bytes/],
    ["of gzip that ends early", gzipSync(valid).subarray(0, -12), "data.format", /ends too early/],
    ["of gzip without a body", Buffer.of(0x1f, 0x8b), "data.format", /ends too early/],
    ["of gzip with a wrong sum", wrongSum, "data.format", /gzip data is damaged/],
    [
      "of gzip with something behind it",
      Buffer.concat([gzipSync(valid), Buffer.from("more")]),
      "data.format",
      /gzip data is damaged/,
    ],
    ["gzipped twice", gzipSync(gzipSync(valid)), "data.format", /not an IDX file/],
  ])("%s says so and names itself", async (_, bytes, code, message) => {
    const path = fileOf(bytes);
    const thrown = await read(path).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(Problem);
    expect(thrown).toMatchObject({ code, message: expect.stringMatching(message) as string });
    expect((thrown as Problem).message).toContain(path);
  });

  it("is refused before it is read when its length tells", async () => {
    const path = fileOf(valid);
    truncateSync(path, 3 * 1024 ** 3);
    await expect(withIdx(path, () => Promise.reject(new Error("was read")))).rejects.toThrow(
      /has 3,221,225,396 more bytes after the 5 items/,
    );
  });

  it("that inflates without end is left after its header's number of bytes", async () => {
    const header = idxFile([10, 28, 28], Buffer.alloc(0));
    const path = fileOf(gzipSync(Buffer.concat([header, Buffer.alloc(100e6)])));
    let taken = 0;
    const bomb = withIdx(path, async ({ data }) => {
      for await (const piece of data) taken += piece.length;
    });
    await expect(bomb).rejects.toThrow(/goes on after the 10 items \(7,840 bytes\)/);
    expect(taken).toBe(0);
  });
});

describe("a path that gives no file", () => {
  it("says that nothing is there, or what is", async () => {
    const folder = temporaryFolder();
    const missing = read(join(folder, "none"));
    await expect(missing).rejects.toMatchObject({ code: "data.missing" });
    await expect(missing).rejects.toThrow(/none cannot be read: there is no such file/);
    await expect(read(folder)).rejects.toThrow(/is a folder, not a file/);
    await expect(read("a\0b")).rejects.toMatchObject({ code: "data.missing" });
    await expect(read(join(fileOf(valid), "x"))).rejects.toMatchObject({ code: "data.missing" });
  });

  it.skipIf(isWindows)("does not read a device, which may have no end", async () => {
    await expect(read("/dev/zero")).rejects.toThrow(/a device or pipe, not a file/);
  });

  it.skipIf(isWindows || isRoot)("says that it may not be read (not run as root)", async () => {
    const path = fileOf(valid);
    chmodSync(path, 0o000);
    await expect(read(path)).rejects.toThrow(/you may not read it/);
  });
});

describe("files with bytes changed at random", () => {
  it("are read or refused, and never take more memory than they hold", async () => {
    const path = join(temporaryFolder(), "changed-idx3-ubyte");
    const files = [valid, gzipSync(valid, { level: 0 }), gzipSync(valid)];
    let refused = 0;
    let most = 0;
    for (let trial = 0; trial < 300; trial++) {
      const random = words([trial, 77], 12);
      const bytes = Buffer.from(files[trial % 3]!);
      for (let change = 0; change <= trial % 4; change++) {
        // Every second change hits the header, where the claims are.
        const span = change % 2 === 0 ? Math.min(40, bytes.length) : bytes.length;
        bytes[random[change]! % span] = random[change + 4]!;
      }
      const isCut = trial % 7 === 0;
      writeFileSync(path, isCut ? bytes.subarray(0, random[11]! % bytes.length) : bytes);
      const before = process.memoryUsage().arrayBuffers;
      const outcome = await read(path).catch((error: unknown) => error);
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      if (outcome instanceof Error) {
        expect(outcome).toBeInstanceOf(Problem);
        refused += 1;
      } else {
        const { sizes, bytes: data } = outcome as Awaited<ReturnType<typeof read>>;
        expect(data.length).toBe(sizes.reduce((product, size) => product * size, 1));
      }
    }
    expect(refused).toBeGreaterThan(100);
    expect(refused).toBeLessThan(300);
    expect(most).toBeLessThan(64e6);
  });
});
