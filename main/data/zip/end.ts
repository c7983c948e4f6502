/**
 * Where a ZIP archive's directory lies: the record at its end, or, for archives of more than 65,535
 * files or 4 GiB, the larger record of ZIP64 before it. Nothing is believed before it was held
 * against the file's length.
 * Format: PKWARE, APPNOTE.TXT 4.3.14 to 4.3.16.
 */
import type { FileHandle } from "node:fs/promises";

export interface DirectoryPlace {
  /** Entries, folders included. */
  count: number;
  /** Length of the directory, and where it begins. */
  bytes: number;
  at: number;
}

const endBytes = 22;
const longestComment = 0xffff;
const locatorBytes = 20;
const largeEndBytes = 56;

/** Null when there is none that fits the file. Throws errors of the system. */
export async function findDirectory(
  file: FileHandle,
  size: number,
): Promise<DirectoryPlace | null> {
  const start = Math.max(0, size - endBytes - longestComment - locatorBytes);
  const tail = await readExactly(file, start, size - start);
  if (tail === null) return null;
  for (let from = tail.length - endBytes; from >= 0; from--) {
    if (tail.readUInt32LE(from) !== 0x06054b50) continue;
    if (from + endBytes + tail.readUInt16LE(from + 20) !== tail.length) continue;
    const place = {
      count: tail.readUInt16LE(from + 10),
      bytes: tail.readUInt32LE(from + 12),
      at: tail.readUInt32LE(from + 16),
    };
    const isFull = place.count === 0xffff || place.bytes === 0xffffffff || place.at === 0xffffffff;
    const large = isFull ? await findLarge(file, tail, from) : undefined;
    // An archive of exactly 65,535 files has no larger record and needs none.
    const found = large === undefined ? place : large;
    return found && found.at + found.bytes <= start + from ? found : null;
  }
  return null;
}

/** Undefined when there is no larger record, null when there is one that is damaged. */
async function findLarge(
  file: FileHandle,
  tail: Buffer,
  end: number,
): Promise<DirectoryPlace | null | undefined> {
  const locator = end - locatorBytes;
  if (locator < 0 || tail.readUInt32LE(locator) !== 0x07064b50) return undefined;
  const at = wholeNumberAt(tail, locator + 8);
  const record = at === null ? null : await readExactly(file, at, largeEndBytes);
  if (record?.readUInt32LE(0) !== 0x06064b50) return null;
  const [count, bytes, start] = [32, 40, 48].map((place) => wholeNumberAt(record, place) ?? NaN);
  const place = { count: count as number, bytes: bytes as number, at: start as number };
  return Object.values(place).some(Number.isNaN) ? null : place;
}

/** Eight bytes as a number; null when it is larger than any file can be. */
export function wholeNumberAt(buffer: Buffer, place: number): number | null {
  const value = Number(buffer.readBigUInt64LE(place));
  return Number.isSafeInteger(value) ? value : null;
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
