/**
 * A file that does not exist as one: pieces in memory and whole files, one after the other. It can be
 * read from any place, so that it can be written to a disk or handed out part by part without being
 * stored a second time.
 */
import { open } from "node:fs/promises";

export type Segment = Uint8Array | { path: string; bytes: number };

const pieceBytes = 1 << 20;

const lengthOf = (segment: Segment): number =>
  segment instanceof Uint8Array ? segment.length : segment.bytes;

/**
 * The bytes from `start` on, files in pieces of at most a megabyte. Throws an error of the system where a
 * file has gone, and `RangeError` where it is shorter than it was.
 */
export async function* segmentBytes(
  segments: readonly Segment[],
  start = 0,
): AsyncGenerator<Uint8Array> {
  let skip = start;
  for (const segment of segments) {
    const length = lengthOf(segment);
    if (skip >= length) {
      skip -= length;
      continue;
    }
    if (segment instanceof Uint8Array) yield segment.subarray(skip);
    else yield* fileBytes(segment, skip);
    skip = 0;
  }
}

async function* fileBytes(
  { path, bytes }: { path: string; bytes: number },
  start: number,
): AsyncGenerator<Uint8Array> {
  const file = await open(path, "r");
  try {
    for (let at = start; at < bytes;) {
      const room = Buffer.allocUnsafe(Math.min(pieceBytes, bytes - at));
      const { bytesRead } = await file.read(room, 0, room.length, at);
      if (bytesRead === 0) throw new RangeError(`${path} is shorter than it was`);
      yield room.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
}
