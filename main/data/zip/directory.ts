/**
 * What a ZIP archive holds, by the directory at its end. Nothing in it is believed before it was held
 * against the file's length, and nothing is ever unpacked to the disk, so names are only names.
 * Leaves out ZIP64 (archives over 4 GiB or 65,535 files), archives in parts, and encryption.
 * Format: PKWARE, APPNOTE.TXT 4.3.
 */
import { open, stat, type FileHandle } from "node:fs/promises";
import { Problem } from "../../spec/problem.ts";
import { unreadable } from "../content.ts";

export interface ZipEntry {
  /** As it stands in the archive, with forward slashes. */
  name: string;
  /** 0: stored as it is; 8: deflated; others cannot be read. */
  method: number;
  isEncrypted: boolean;
  /** Of the content, when it is whole. */
  crc: number;
  /** Bytes in the archive, and unpacked. */
  packedBytes: number;
  bytes: number;
  /** Where the entry's own header lies. */
  at: number;
}

const endBytes = 22;
const longestComment = 0xffff;
const entryBytes = 46;

const refused = (path: string, what: string): Problem =>
  new Problem("data.format", `${path}: ${what}.`);

const damaged = (path: string): Problem =>
  refused(path, "its ZIP directory is cut off or damaged; download or copy it again");

/** Whether a file begins as ZIP archives do. */
export const isZip = (start: Uint8Array): boolean =>
  Buffer.from("PK\x03\x04", "latin1").equals(start.subarray(0, 4));

/** All files of the archive, in its order. Throws `data.missing` or `data.format`, naming `path`. */
export async function readDirectory(path: string): Promise<ZipEntry[]> {
  let file: FileHandle | undefined;
  try {
    const { size } = await stat(path);
    file = await open(path, "r");
    return await entriesOf(path, file, size);
  } catch (thrown) {
    throw unreadable(thrown, path);
  } finally {
    await file?.close();
  }
}

async function entriesOf(path: string, file: FileHandle, size: number): Promise<ZipEntry[]> {
  const { count, bytes, at } = await findEnd(path, file, size);
  const directory = await readExactly(file, at, bytes);
  if (directory === null) throw damaged(path);
  const entries: ZipEntry[] = [];
  let from = 0;
  for (let i = 0; i < count; i++) {
    const isWhole = from + entryBytes <= bytes && directory.readUInt32LE(from) === 0x02014b50;
    if (!isWhole) throw damaged(path);
    const { entry, length } = entryAt(directory, from);
    if (from + length > bytes || entry.at + entry.packedBytes > at) throw damaged(path);
    if (!entry.name.endsWith("/")) entries.push(entry);
    from += length;
  }
  // Entries that share their bytes make small archives of endless content (Fifield 2019).
  const packed = entries.reduce((sum, entry) => sum + entry.packedBytes, 0);
  if (packed > at) throw refused(path, "its files overlap each other, as in no honest archive");
  return entries;
}

function entryAt(directory: Buffer, from: number): { entry: ZipEntry; length: number } {
  const flags = directory.readUInt16LE(from + 8);
  const nameBytes = directory.readUInt16LE(from + 28);
  const extraBytes = directory.readUInt16LE(from + 30) + directory.readUInt16LE(from + 32);
  const name = directory.subarray(from + entryBytes, from + entryBytes + nameBytes);
  const isUnicode = (flags & 0x800) !== 0;
  return {
    length: entryBytes + nameBytes + extraBytes,
    entry: {
      name: name.toString(isUnicode ? "utf8" : "latin1").replaceAll("\\", "/"),
      method: directory.readUInt16LE(from + 10),
      isEncrypted: (flags & 1) !== 0,
      crc: directory.readUInt32LE(from + 16),
      packedBytes: directory.readUInt32LE(from + 20),
      bytes: directory.readUInt32LE(from + 24),
      at: directory.readUInt32LE(from + 42),
    },
  };
}

/** The record at the end, behind which only a comment may follow. */
async function findEnd(path: string, file: FileHandle, size: number) {
  const start = Math.max(0, size - endBytes - longestComment);
  const tail = await readExactly(file, start, size - start);
  if (tail === null) throw damaged(path);
  for (let from = tail.length - endBytes; from >= 0; from--) {
    if (tail.readUInt32LE(from) !== 0x06054b50) continue;
    if (from + endBytes + tail.readUInt16LE(from + 20) !== tail.length) continue;
    const count = tail.readUInt16LE(from + 10);
    const bytes = tail.readUInt32LE(from + 12);
    const at = tail.readUInt32LE(from + 16);
    if (count === 0xffff || bytes === 0xffffffff || at === 0xffffffff) {
      throw refused(path, "it is a ZIP64 archive, which cannot be read; unpack it to a folder");
    }
    if (at + bytes > start + from) throw damaged(path);
    return { count, bytes, at };
  }
  throw damaged(path);
}

/** Null when the file ends before. */
export async function readExactly(
  file: FileHandle,
  at: number,
  bytes: number,
): Promise<Buffer | null> {
  const buffer = Buffer.alloc(bytes);
  let done = 0;
  while (done < bytes) {
    const { bytesRead } = await file.read(buffer, done, bytes - done, at + done);
    if (bytesRead === 0) return null;
    done += bytesRead;
  }
  return buffer;
}
