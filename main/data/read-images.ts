/** Images of one size, one after the other in a file, read where they lie. */
import { readSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { Problem } from "../spec/problem.ts";

export interface ImageFile {
  file: FileHandle;
  /** Number of images. */
  length: number;
  /** Bytes of one image. */
  imageBytes: number;
  /** Bytes before the first image. */
  start: number;
}

/**
 * The images at these places; those that follow each other are read at once. Throws `RangeError`
 * where there is no such image, `data.missing` when the file was cut off in the meantime.
 */
export function readImages(
  { file, length, imageBytes, start }: ImageFile,
  indices: ArrayLike<number>,
): Uint8Array {
  const bytes = new Uint8Array(indices.length * imageBytes);
  let from = 0;
  while (from < indices.length) {
    const first = indices[from] as number;
    let to = from;
    do {
      const index = first + to - from;
      if (!(Number.isInteger(index) && index >= 0 && index < length)) {
        throw new RangeError(`There is no image ${index}.`);
      }
      to++;
    } while (to < indices.length && indices[to] === first + to - from);
    const into = bytes.subarray(from * imageBytes, to * imageBytes);
    readFully(file, into, start + first * imageBytes);
    from = to;
  }
  return bytes;
}

/**
 * At once: what the system has in memory is read in a microsecond, by way of the thread pool in ten, and
 * the step whose batch it is waits either way.
 */
function readFully({ fd }: FileHandle, into: Uint8Array, from: number): void {
  for (let done = 0; done < into.length;) {
    const bytesRead = readSync(fd, into, done, into.length - done, from + done);
    if (bytesRead === 0) {
      throw new Problem(
        "data.missing",
        "A file of images was cut off while it was read; start again.",
      );
    }
    done += bytesRead;
  }
}
