/** Where new images go: one sheet, one array, or a folder of pictures. Each appears whole or not at all. */
import { randomBytes } from "node:crypto";
import { mkdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import type { PixelBatch } from "../contract/system.ts";
import { requireFree } from "../files/durable-export.ts";
import { durableWrite } from "../files/durable-write.ts";
import { fileProblem } from "../files/file-problem.ts";
import { Problem } from "../spec/problem.ts";
import { count as counted } from "./format.ts";
import { atOnce } from "./sample-batches.ts";

type Batches = AsyncIterable<PixelBatch>;

/** Writes `count` images to `path`; resolves with their size. Throws `file.*`, `disk.full`. */
type Write = (path: string, count: number, batches: Batches) => Promise<PixelBatch>;

// Image libraries are loaded only when they are needed: they are slow to load.

const writeSheet: Write = async (path, _, batches) => {
  const { sheetPng } = await import("../files/png.ts");
  const batch = await lastOf(batches);
  const columns = Math.ceil(Math.sqrt(batch.count));
  await durableWrite(path, await sheetPng({ ...batch, columns }));
  return batch;
};

const writeArray: Write = async (path, count, batches) => {
  const { encodeNpy } = await import("../files/npy.ts");
  let size: PixelBatch | null = null;
  async function* pieces() {
    for await (const batch of batches) {
      // The header of an array of none has room for any count, for it is padded.
      if (!size)
        yield headerFor(count, encodeNpy({ ...batch, count: 0, pixels: new Uint8Array() }));
      size = batch;
      yield batch.pixels;
    }
  }
  await durableWrite(path, pieces());
  return requireSome(size);
};

function headerFor(count: number, none: Uint8Array): Uint8Array {
  // Not by TextDecoder, whose «latin1» is another: the first byte is above 127.
  const text = Buffer.from(none).toString("latin1");
  const longer = text.replace("'shape': (0,", `'shape': (${count},`);
  const added = longer.length - text.length;
  const header = longer.replace(new RegExp(` {${added}}\\n$`), "\n");
  if (header.length !== text.length) throw new Error("the header has no room for the count");
  return Uint8Array.from(Buffer.from(header, "latin1"));
}

const writePictures: Write = async (path, count, batches) => {
  const { sheetPng } = await import("../files/png.ts");
  const unique = `${process.pid}-${randomBytes(6).toString("hex")}`;
  const staging = join(dirname(path), `.${basename(path).slice(0, 40)}.${unique}.tmp`);
  const digits = count.toString().length;
  let size: PixelBatch | null = null;
  let done = 0;
  try {
    const isThere = await requireFree(path, () => false);
    await mkdir(staging);
    for await (const batch of batches) {
      size = batch;
      const each = batch.pixels.length / batch.count;
      for (let i = 0; i < batch.count; i++) {
        const pixels = batch.pixels.subarray(i * each, (i + 1) * each);
        const png = await sheetPng({ ...batch, count: 1, columns: 1, pixels });
        await writeFile(join(staging, `${(++done).toString().padStart(digits, "0")}.png`), png);
      }
    }
    if (isThere) await rmdir(path);
    await rename(staging, path);
  } catch (thrown) {
    await rm(staging, { recursive: true, force: true });
    throw fileProblem(thrown, path);
  }
  return requireSome(size);
};

async function lastOf(batches: Batches): Promise<PixelBatch> {
  let last: PixelBatch | null = null;
  for await (const batch of batches) last = batch;
  return requireSome(last);
}

function requireSome(batch: PixelBatch | null): PixelBatch {
  if (batch) return batch;
  throw new Error("no images were drawn");
}

/** By the name's end: a separator is a folder's. Throws `usage` for any other, and for too large a sheet. */
export function writerFor(name: string, count: number): Write {
  if (/[\\/]$/.test(name)) return writePictures;
  const extension = extname(name).toLowerCase();
  if (extension === ".npy") return writeArray;
  if (extension !== ".png") {
    throw new Problem(
      "usage",
      `${name} does not tell what to write; end it in .png for a sheet, .npy for an array, or / for a folder of pictures.`,
    );
  }
  if (count <= atOnce) return writeSheet;
  throw new Problem(
    "usage",
    `A sheet holds at most ${counted(atOnce)} images; write ${counted(count)} to a .npy file, or to a folder of pictures (a name that ends in /).`,
  );
}
