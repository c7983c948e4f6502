/**
 * What a ZIP archive holds, by the directory at its end. Nothing in it is believed before it was held
 * against the file's length. Leaves out archives in parts, and encryption.
 * Format: PKWARE, APPNOTE.TXT 4.3, with ZIP64 (4.5.3).
 */
import { open, stat, type FileHandle } from "node:fs/promises";
import { Problem } from "../../spec/problem.ts";
import { unreadable } from "../content.ts";
import { findDirectory, readExactly, wholeNumberAt } from "./end.ts";

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

const entryBytes = 46;
/** A million pictures with long names; read at once, so memory is taken for it. */
const directoryAtMost = 256 * 1024 ** 2;

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
  const place = await findDirectory(file, size);
  if (place === null) throw damaged(path);
  const { count, bytes, at } = place;
  if (bytes > directoryAtMost) {
    throw refused(path, "it holds more files than can be listed; unpack it to several folders");
  }
  const directory = await readExactly(file, at, bytes);
  if (directory === null) throw damaged(path);
  const entries: ZipEntry[] = [];
  let from = 0;
  for (let i = 0; i < count; i++) {
    const isWhole = from + entryBytes <= bytes && directory.readUInt32LE(from) === 0x02014b50;
    if (!isWhole) throw damaged(path);
    const length = lengthAt(directory, from);
    if (from + length > bytes) throw damaged(path);
    const entry = entryAt(directory.subarray(from, from + length));
    if (entry === null || entry.at + entry.packedBytes > at) throw damaged(path);
    if (!entry.name.endsWith("/")) entries.push(entry);
    from += length;
  }
  // Entries that share their bytes make small archives of endless content (Fifield 2019).
  const packed = entries.reduce((sum, entry) => sum + entry.packedBytes, 0);
  if (packed > at) throw refused(path, "its files overlap each other, as in no honest archive");
  return entries;
}

const lengthAt = (directory: Buffer, from: number): number =>
  entryBytes + [28, 30, 32].reduce((sum, at) => sum + directory.readUInt16LE(from + at), 0);

/** Null when its larger sizes are announced and missing. */
function entryAt(record: Buffer): ZipEntry | null {
  const flags = record.readUInt16LE(8);
  const afterName = entryBytes + record.readUInt16LE(28);
  const isUnicode = (flags & 0x800) !== 0;
  const extra = record.subarray(afterName, afterName + record.readUInt16LE(30));
  const sizes = sizesOf(record, extra);
  if (sizes === null) return null;
  const [bytes, packedBytes, at] = sizes;
  const name = record.subarray(entryBytes, afterName).toString(isUnicode ? "utf8" : "latin1");
  return {
    name: name.replaceAll("\\", "/"),
    method: record.readUInt16LE(10),
    isEncrypted: (flags & 1) !== 0,
    crc: record.readUInt32LE(16),
    ...{ packedBytes, bytes, at },
  };
}

/** Unpacked, packed and place; those of 2³²−1 stand in ZIP64's field, in this order. */
function sizesOf(record: Buffer, extra: Buffer): [number, number, number] | null {
  const large = extraField(extra, 1);
  let next = 0;
  const sizes = [24, 20, 42].map((place) => {
    const small = record.readUInt32LE(place);
    if (small !== 0xffffffff || large === null) return small;
    if (next + 8 > large.length) return null;
    next += 8;
    return wholeNumberAt(large, next - 8);
  });
  return sizes.includes(null) ? null : (sizes as [number, number, number]);
}

function extraField(extra: Buffer, id: number): Buffer | null {
  for (let from = 0; from + 4 <= extra.length;) {
    const end = from + 4 + extra.readUInt16LE(from + 2);
    if (extra.readUInt16LE(from) === id && end <= extra.length) {
      return extra.subarray(from + 4, end);
    }
    from = end;
  }
  return null;
}
