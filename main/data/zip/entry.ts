/** The content of one file of a ZIP archive, whole or not at all: its checksum is held against it. */
import { open } from "node:fs/promises";
import { promisify } from "node:util";
import { crc32, inflateRaw } from "node:zlib";
import { Problem } from "../../spec/problem.ts";
import { unreadable } from "../content.ts";
import { readExactly, type ZipEntry } from "./directory.ts";

const inflate = promisify(inflateRaw);
const headerBytes = 30;

/** A sentence without its end, to stand behind the file's name. */
const refused = (what: string): Problem => new Problem("data.format", what);

/**
 * The unpacked bytes; never more are unpacked than the directory tells of, which the caller has held
 * against its own limit. Throws `data.format` with the reason alone, `data.missing`.
 */
export async function readEntry(path: string, entry: ZipEntry): Promise<Uint8Array> {
  if (entry.isEncrypted) throw refused("it is encrypted; unpack the archive to a folder");
  if (entry.method !== 0 && entry.method !== 8) {
    throw refused("it is packed by an unusual method; unpack the archive to a folder");
  }
  const packed = await readPacked(path, entry);
  const content = entry.method === 0 ? packed : await unpacked(packed, entry.bytes);
  if (content.length !== entry.bytes || crc32(content) !== entry.crc) {
    throw refused("it is damaged in the archive");
  }
  return content;
}

async function readPacked(path: string, { at, packedBytes }: ZipEntry): Promise<Buffer> {
  try {
    const file = await open(path, "r");
    try {
      const header = await readExactly(file, at, headerBytes);
      if (header?.readUInt32LE(0) !== 0x04034b50) throw refused("it is damaged in the archive");
      const before = headerBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
      const packed = await readExactly(file, at + before, packedBytes);
      if (packed === null) throw refused("it is cut off in the archive");
      return packed;
    } finally {
      await file.close();
    }
  } catch (thrown) {
    throw unreadable(thrown, path);
  }
}

async function unpacked(packed: Buffer, bytes: number): Promise<Uint8Array> {
  try {
    // Zlib wants room for one byte at least.
    return await inflate(packed, { maxOutputLength: Math.max(1, bytes) });
  } catch (cause) {
    throw new Problem("data.format", "it is damaged in the archive", { cause });
  }
}
