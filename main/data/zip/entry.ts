/** The content of one file of a ZIP archive, held against its checksum: at once, or piece by piece. */
import { open } from "node:fs/promises";
import { pipeline } from "node:stream";
import { promisify } from "node:util";
import { crc32, createInflateRaw, inflateRaw } from "node:zlib";
import { errorCodeOf } from "../../files/file-problem.ts";
import { Problem } from "../../spec/problem.ts";
import { unreadable } from "../content.ts";
import type { ZipEntry } from "./directory.ts";
import { readExactly } from "./end.ts";

const inflate = promisify(inflateRaw);
const headerBytes = 30;
const pieceBytes = 1 << 18;

/** A sentence without its end, to stand behind the file's name. */
const refused = (what: string): Problem => new Problem("data.format", what);
const damaged = (): Problem => refused("it is damaged in the archive");

function requireReadable({ isEncrypted, method }: ZipEntry): void {
  if (isEncrypted) throw refused("it is encrypted; unpack the archive to a folder");
  if (method !== 0 && method !== 8) {
    throw refused("it is packed by an unusual method; unpack the archive to a folder");
  }
}

/**
 * The unpacked bytes; never more are unpacked than the directory tells of, which the caller has held
 * against its own limit. Throws `data.format` with the reason alone, `data.missing`.
 */
export async function readEntry(path: string, entry: ZipEntry): Promise<Uint8Array> {
  requireReadable(entry);
  const packed = await readPacked(path, entry);
  const content = entry.method === 0 ? packed : await unpacked(packed, entry.bytes);
  if (content.length !== entry.bytes || crc32(content) !== entry.crc) throw damaged();
  return content;
}

async function readPacked(path: string, { at, packedBytes }: ZipEntry): Promise<Buffer> {
  try {
    const file = await open(path, "r");
    try {
      const header = await readExactly(file, at, headerBytes);
      const packed = await readExactly(file, at + dataAfter(header), packedBytes);
      if (packed === null) throw refused("it is cut off in the archive");
      return packed;
    } finally {
      await file.close();
    }
  } catch (thrown) {
    throw unreadable(thrown, path);
  }
}

/** Bytes from the entry's own header to its data. */
function dataAfter(header: Buffer | null): number {
  if (header?.readUInt32LE(0) !== 0x04034b50) throw damaged();
  return headerBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
}

async function unpacked(packed: Buffer, bytes: number): Promise<Uint8Array> {
  try {
    // Zlib wants room for one byte at least.
    return await inflate(packed, { maxOutputLength: Math.max(1, bytes) });
  } catch (cause) {
    throw new Problem("data.format", "it is damaged in the archive", { cause });
  }
}

/**
 * The unpacked bytes in pieces, so that no file is too large. Ends with `data.format` (the reason
 * alone) at the first byte more than the directory tells of, or after the last one when length or
 * checksum is wrong: whoever iterates to the end has the whole content.
 */
export async function* entryPieces(path: string, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  requireReadable(entry);
  const file = await open(path, "r").catch((thrown: unknown) => {
    throw unreadable(thrown, path);
  });
  try {
    const start = entry.at + dataAfter(await readExactly(file, entry.at, headerBytes));
    let crc = 0;
    let bytes = 0;
    if (entry.packedBytes > 0) {
      const end = start + entry.packedBytes - 1;
      const packed = file.createReadStream({ start, end, autoClose: false });
      const inflated = createInflateRaw({ chunkSize: pieceBytes });
      // Errors of the source reach the reader through `inflated`.
      if (entry.method === 8) pipeline(packed, inflated, () => undefined);
      const pieces = (entry.method === 8 ? inflated : packed) as AsyncIterable<Uint8Array>;
      for await (const piece of pieces) {
        bytes += piece.length;
        if (bytes > entry.bytes) throw damaged();
        crc = crc32(piece, crc);
        yield piece;
      }
    }
    if (bytes !== entry.bytes || crc !== entry.crc) throw damaged();
  } catch (thrown) {
    if ((errorCodeOf(thrown) ?? "").startsWith("Z_")) throw damaged();
    throw unreadable(thrown, path);
  } finally {
    await file.close();
  }
}
