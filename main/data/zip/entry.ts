/** The content of one file of a ZIP archive, held against its checksum: at once, or piece by piece. */
import { crc32 } from "node:zlib";
import { Entry } from "yauzl";
import { Problem } from "../../spec/problem.ts";
import { unreadable } from "../content.ts";
import type { ZipEntry } from "./directory.ts";
import { openArchive } from "./open.ts";

/** A sentence without its end, to stand behind the file's name. */
const refused = (what: string, cause?: unknown): Problem =>
  new Problem("data.format", what, { cause });

function requireReadable({ isEncrypted, method }: ZipEntry): void {
  if (isEncrypted) throw refused("it is encrypted; unpack the archive to a folder");
  if (method !== 0 && method !== 8) {
    throw refused("it is packed by an unusual method; unpack the archive to a folder");
  }
}

const recordOf = ({ method, packedBytes, bytes, at }: ZipEntry): Entry =>
  Object.assign(new Entry(), {
    generalPurposeBitFlag: 0,
    compressionMethod: method,
    compressedSize: packedBytes,
    uncompressedSize: bytes,
    relativeOffsetOfLocalHeader: at,
  });

/**
 * The unpacked bytes; never more are unpacked than the directory tells of, which the caller has held
 * against its own limit. Throws `data.format` with the reason alone, `data.missing`.
 */
export async function readEntry(path: string, entry: ZipEntry): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of entryPieces(path, entry)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/**
 * The unpacked bytes in pieces, so that no file is too large. Ends with `data.format` (the reason
 * alone) at the first byte more than the directory tells of, or after the last one when length or
 * checksum is wrong: whoever iterates to the end has the whole content.
 */
export async function* entryPieces(path: string, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  requireReadable(entry);
  try {
    const { zip, close } = await openArchive(path);
    try {
      const pieces = await zip.openReadStreamPromise(recordOf(entry));
      let crc = 0;
      for await (const piece of pieces as AsyncIterable<Uint8Array>) {
        crc = crc32(piece, crc);
        yield piece;
      }
      // yauzl holds the length against the directory, not the checksum.
      if (crc !== entry.crc) throw new Error("its checksum is another");
    } finally {
      await close();
    }
  } catch (thrown) {
    const problem = unreadable(thrown, path);
    throw problem instanceof Problem ? problem : refused("it is damaged in the archive", thrown);
  }
}

/** The same; what is wrong with the entry is a whole sentence, with the names of archive and file. */
export async function* namedPieces(path: string, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  try {
    yield* entryPieces(path, entry);
  } catch (thrown) {
    const isReason = thrown instanceof Problem && thrown.code === "data.format";
    throw isReason ? refused(`${path}, ${entry.name}: ${thrown.message}.`) : thrown;
  }
}
