/**
 * The data file of a ZIP archive (IDX, .npz, CSV), unpacked once into the cache, where it is used as
 * if it had been named. Names in the archive decide nothing about where it lies. Archives that
 * are .npz themselves, or hold pictures, are read where they are and never come here.
 */
import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import { createFolder } from "../../files/durable-folder.ts";
import { durableWrite } from "../../files/durable-write.ts";
import { digest, removeFormer, unpackedPrefix } from "../cache.ts";
import { unreadable } from "../content.ts";
import type { Watch } from "../watch.ts";
import { dataFileOf, type ZippedData } from "./data-file.ts";
import { isZip, readDirectory, type ZipEntry } from "./directory.ts";
import { namedPieces } from "./entry.ts";
import { requireHonest } from "./honest.ts";

/** The first bytes of a file; none where it is no file or cannot be read. */
async function startOf(path: string): Promise<Uint8Array> {
  // Asked before opening: opening a pipe would wait for its writer.
  if (!(await stat(path).catch(() => null))?.isFile()) return new Uint8Array(0);
  const file = await open(path, "r").catch((thrown: unknown) => {
    throw unreadable(thrown, path);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** What a ZIP archive holds that must be unpacked; null for every other file, folder or name. */
export async function zippedData(path: string): Promise<ZippedData | null> {
  if (!isZip(await startOf(path))) return null;
  return dataFileOf(path, await readDirectory(path));
}

/**
 * Where the data set that is named by `path` lies: there, or, when `path` is a ZIP archive around one
 * file of data, in the folder `cache`. Throws `data.*`, `disk.full`, `file.unwritable`, or the
 * signal's reason; nothing half-written is left then.
 */
export async function unpackedFile(
  path: string,
  cache: string,
  watch: Watch = {},
): Promise<string> {
  const data = await zippedData(path);
  if (data === null) return path;
  const { entries } = data;
  requireHonest(path, entries);
  const source = unpackedPrefix(path);
  const marks = entries.map(({ name, bytes, crc }) => [name, bytes, crc]);
  const name = `${source}-${digest(JSON.stringify(marks))}`;
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  const missing: [ZipEntry, string][] = [];
  const files = entries.map((entry) => join(cache, `${name}-${safeName(entry)}`));
  for (const [i, file] of files.entries()) {
    const found = await stat(file).catch(() => null);
    if (found?.size !== entries[i]?.bytes) missing.push([entries[i] as ZipEntry, file]);
  }
  if (missing.length > 0) createFolder(cache);
  let done = 0;
  for (const [entry, file] of missing) {
    await durableWrite(
      file,
      watched(path, entry, watch, (bytes) => {
        done += bytes;
        watch.onProgress?.({ stage: "unpacking", done, total });
      }),
    );
  }
  if (missing.length > 0) await removeFormer(cache, source, name);
  return files[0] as string;
}

/** The end of the name, which tells the kind, without what a file system could take amiss, or find too long. */
const safeName = ({ name }: ZipEntry): string =>
  name
    .slice(name.lastIndexOf("/") + 1)
    .replace(/[^\p{L}\p{N}._-]/gu, "_")
    .slice(-48);

async function* watched(
  path: string,
  entry: ZipEntry,
  { signal }: Watch,
  arrived: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of namedPieces(path, entry)) {
    signal?.throwIfAborted();
    yield piece;
    arrived(piece.length);
  }
}
