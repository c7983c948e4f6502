/** Images of one size, one after the other in a file, read where they lie. */
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
export async function readImages(
  { file, length, imageBytes, start }: ImageFile,
  indices: ArrayLike<number>,
): Promise<Uint8Array> {
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
    await readFully(file, into, start + first * imageBytes);
    from = to;
  }
  return bytes;
}

async function readFully(file: FileHandle, into: Uint8Array, from: number): Promise<void> {
  for (let done = 0; done < into.length;) {
    const { bytesRead } = await file.read(into, done, into.length - done, from + done);
    if (bytesRead === 0) {
      throw new Problem(
        "data.missing",
        "A file of images was cut off while it was read; start again.",
      );
    }
    done += bytesRead;
  }
}
