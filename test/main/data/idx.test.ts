import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readIdx } from "../../../main/data/idx.ts";
import { words } from "../../../main/random/philox.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { temporaryFolder } from "../../support/home.ts";
import { idxFile } from "../../support/idx-file.ts";

function fileOf(content: Uint8Array, name = "images-idx3-ubyte"): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

async function read(path: string): Promise<{ sizes: number[]; bytes: Buffer }> {
  const pieces: Uint8Array[] = [];
  const { sizes } = await readIdx(path, (piece, at) => {
    expect(at).toBe(pieces.reduce((sum, { length }) => sum + length, 0));
    pieces.push(piece.slice());
  });
  return { sizes, bytes: Buffer.concat(pieces) };
}

const content = Uint8Array.from({ length: 5 * 4 * 3 }, (_, i) => i);
const valid = idxFile([5, 4, 3], content);

describe("an IDX file", () => {
  it.each([
    ["plain", valid],
    ["gzipped", gzipSync(valid)],
    [
      "gzipped in two members",
      Buffer.concat([gzipSync(valid.subarray(0, 20)), gzipSync(valid.subarray(20))]),
    ],
  ])("gives its sizes and bytes, %s", async (_, bytes) => {
    expect(await read(fileOf(bytes))).toEqual({ sizes: [5, 4, 3], bytes: Buffer.from(content) });
  });

  it("is judged by its content, not by its name", async () => {
    expect((await read(fileOf(gzipSync(valid), "images.png"))).sizes).toEqual([5, 4, 3]);
  });

  it("larger than a piece of reading arrives whole", async () => {
    const large = Uint8Array.from({ length: 300 * 28 * 28 }, (_, i) => (i * 7) % 251);
    const { bytes } = await read(fileOf(idxFile([300, 28, 28], large)));
    expect(bytes.equals(large)).toBe(true);
  });
});

describe("a file that is no IDX", () => {
  it.each([
    ["empty", Buffer.alloc(0), /too short/],
    ["cut inside its header", valid.subarray(0, 9), /too short/],
    ["cut inside its images", valid.subarray(0, 16 + 25), /tells of 5 items, but only 2 are there/],
    ["one byte short", valid.subarray(0, -1), /only 4 are there/],
    [
      "with something after its end",
      Buffer.concat([valid, Buffer.from([1])]),
      /goes on after the 60 bytes/,
    ],
    ["of floats", idxFile([2, 2], Buffer.alloc(16), 0x0d), /not bytes/],
    ["with five dimensions", idxFile([1, 1, 1, 1, 1], Buffer.alloc(1)), /5 dimensions/],
    ["without dimensions", Buffer.from([0, 0, 8, 0, 1]), /0 dimensions/],
    [
      "that is a picture",
      Buffer.from("\x89PNG\r\n\x1a\n0000"),
      /does not begin with two zero bytes/,
    ],
    [
      "that claims 2³² images",
      idxFile([0xffffffff, 28, 28], Buffer.alloc(0)),
      /4,294,967,295 × 28 × 28.*header is most likely wrong/,
    ],
    [
      "whose sizes overflow",
      idxFile([0xffffffff, 0xffffffff, 0xffffffff], Buffer.alloc(0)),
      /most likely wrong/,
    ],
    [
      "with damaged gzip data",
      Buffer.concat([gzipSync(valid).subarray(0, 20), Buffer.alloc(40, 7)]),
      /gzip data is damaged/,
    ],
    ["with gzip data that ends too early", gzipSync(valid).subarray(0, -12), /ends too early/],
  ])("%s says so and names itself", async (_, bytes, message) => {
    const path = fileOf(bytes, "mine-idx3-ubyte");
    const thrown = await readIdx(path).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(Problem);
    expect(thrown).toMatchObject({ code: "data.format" });
    expect((thrown as Problem).message).toMatch(/^mine-idx3-ubyte cannot be used: /);
    expect((thrown as Problem).message).toMatch(message);
  });

  it("without items is empty", async () => {
    await expect(readIdx(fileOf(idxFile([0, 28, 28], Buffer.alloc(0))))).rejects.toMatchObject({
      code: "data.empty",
    });
  });

  it("that is not there says so", async () => {
    await expect(readIdx("/nowhere/at/all")).rejects.toMatchObject({ code: "data.missing" });
    await expect(readIdx(temporaryFolder())).rejects.toMatchObject({ code: "data.missing" });
  });

  it("that inflates without end is left after its header's number of bytes", async () => {
    const bomb = gzipSync(
      Buffer.concat([idxFile([10, 28, 28], Buffer.alloc(0)), Buffer.alloc(200e6)]),
    );
    let most = 0;
    const thrown = await readIdx(fileOf(bomb), (piece, at) => {
      most = Math.max(most, at + piece.length);
    }).catch((error: unknown) => error);
    expect((thrown as Problem).message).toMatch(/goes on after the 7,840 bytes/);
    expect(most).toBeLessThanOrEqual(7840);
  });

  it("with any bytes changed is read or refused, and never takes more than it holds", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "changed-idx3-ubyte");
    const files = [valid, gzipSync(valid)];
    for (let trial = 0; trial < 300; trial++) {
      const random = words([trial, 77], 8);
      const bytes = Buffer.from(files[trial % 2] as Buffer);
      for (let change = 0; change <= trial % 3; change++) {
        bytes[(random[change] as number) % bytes.length] = random[change + 3] as number;
      }
      writeFileSync(
        path,
        trial % 7 === 0 ? bytes.subarray(0, (random[7] as number) % bytes.length) : bytes,
      );
      let taken = 0;
      const outcome = await readIdx(path, (piece) => {
        taken += piece.length;
      }).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(Problem);
      expect(taken).toBeLessThan(100_000);
    }
  });
});
