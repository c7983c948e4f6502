/** A bundle's files, brought to where they are checked. Each must be what the manifest says, or nothing is kept. */
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { durableWrite } from "../../files/durable-write.ts";
import { Problem } from "../../spec/problem.ts";
import type { BundleArchive } from "./archive.ts";
import { filesOf, invalidBundle, type BundledSample, type Manifest } from "./manifest.ts";
import { decodeMeasurements, type MeasuredRun } from "./measurements-file.ts";
import type { TransferWatch } from "./transfers.ts";

interface Unpacking {
  path: string;
  archive: BundleArchive;
  watch: TransferWatch;
}

/**
 * Writes checkpoints and sheets below `folder` and returns the measurements. Throws `bundle.invalid`,
 * `disk.full`, `file.unwritable` or the signal's reason; the folder is the caller's to remove.
 */
export async function unpackBundle(unpacking: Unpacking, folder: string): Promise<MeasuredRun> {
  const { path, archive } = unpacking;
  const { measurements, samples, checkpoints, run, place } = archive.manifest;
  const read = watched(unpacking);
  const parts: Uint8Array[] = [];
  for await (const piece of read(measurements.file)) parts.push(piece);
  const bytes = Buffer.concat(parts);
  requireSame(path, measurements, createHash("sha256").update(bytes).digest("hex"));
  for (const file of [...samples, ...checkpoints]) {
    const written = await durableWrite(join(folder, ...file.file.split("/")), read(file.file));
    requireSame(path, file, written.sha256);
  }
  for (const sample of samples) await requireSheet(path, folder, sample, run.specification.image);
  return columnsOf(path, bytes, place.step, measurements.count);
}

/** The same checks without keeping anything. */
export async function checkBundle(unpacking: Unpacking): Promise<void> {
  const read = watched(unpacking);
  for (const file of filesOf(unpacking.archive.manifest)) {
    const hash = createHash("sha256");
    for await (const piece of read(file.file)) hash.update(piece);
    requireSame(unpacking.path, file, hash.digest("hex"));
  }
}

function watched({ archive, watch }: Unpacking): (file: string) => AsyncGenerator<Uint8Array> {
  const total = filesOf(archive.manifest).reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  return async function* (file) {
    for await (const piece of archive.pieces(file)) {
      watch.signal.throwIfAborted();
      yield piece;
      done += piece.length;
      watch.onProgress("unpacking", done, total);
    }
    watch.signal.throwIfAborted();
  };
}

function requireSame(path: string, said: { file: string; sha256: string }, sha256: string): void {
  if (said.sha256 !== sha256)
    throw invalidBundle(path, `«${said.file}» in it is not what its manifest says`);
}

function columnsOf(path: string, bytes: Buffer, last: number, count: number): MeasuredRun {
  try {
    const measured = decodeMeasurements(bytes, last);
    if (measured.columns.steps.length === count) return measured;
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown;
    throw invalidBundle(path, thrown.message, thrown);
  }
  throw invalidBundle(path, "its manifest counts other measurements than it has");
}

/**
 * What will be shown must be a PNG of the size that the run's images have: whoever opens it must not
 * meet a picture of a thousand times the memory. Looks at the first chunk alone.
 */
async function requireSheet(
  path: string,
  folder: string,
  { file, count, columns }: BundledSample,
  image: Manifest["run"]["specification"]["image"],
): Promise<void> {
  const handle = await open(join(folder, ...file.split("/")), "r");
  try {
    const start = Buffer.alloc(24);
    const { bytesRead } = await handle.read(start, 0, 24, 0);
    const isPng = bytesRead === 24 && start.toString("latin1", 0, 16) === pngStart;
    const [width, height] = [start.readUInt32BE(16), start.readUInt32BE(20)];
    const rows = Math.ceil(count / columns);
    if (isPng && width === columns * image.width && height === rows * image.height) return;
  } finally {
    await handle.close();
  }
  throw invalidBundle(path, `«${file}» in it is no sheet of the run's images`);
}

/** The signature, and the first chunk's length (13) and name. */
const pngStart = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR";
