/**
 * All pictures of a list as training images, in the list's order, a few decoded at the same time.
 * Only those few are in memory, however long the list is. Files that cannot be used are noted and
 * left out.
 */
import { open } from "node:fs/promises";
import { Problem } from "../../spec/problem.ts";
import type { ImageShape } from "../../spec/shape.ts";
import { unreadable } from "../content.ts";
import type { UnusableFile } from "../dataset.ts";
import type { Watch } from "../watch.ts";
import { decodePicture, fileBytesAtMost, type Decoded } from "./decode.ts";
import type { PictureFile } from "./list.ts";
import { reasonOf } from "./list.ts";

/** Twice the threads that Node gives to such work: the next is always there. */
const atOnce = 8;

/** Pieces of about this size are written to the disk. */
const pieceBytes = 1 << 20;

/** Grows while `preparedPixels` is iterated. */
export interface Prepared {
  /** Files that became an image, in image order. */
  kept: string[];
  unusable: UnusableFile[];
}

/** Reads the whole file. Rejects with `data.missing` or errors of the system. */
export async function readWhole(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, "r");
    try {
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (thrown) {
    throw unreadable(thrown, path);
  }
}

/** One picture as one image; what is wrong with the file is its reason. */
async function prepareOne(
  picture: PictureFile,
  image: ImageShape,
  read: (picture: PictureFile) => Promise<Uint8Array>,
): Promise<Decoded> {
  if (picture.bytes > fileBytesAtMost) {
    return {
      reason: `it is larger than ${fileBytesAtMost / 1024 ** 2} MiB, too large for a picture`,
    };
  }
  let bytes: Uint8Array;
  try {
    bytes = await read(picture);
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.code === "data.format") {
      return { reason: thrown.message };
    }
    return { reason: reasonOf(thrown, picture.path) };
  }
  return decodePicture(bytes, image);
}

/** Images in order. Throws the watch's reason to end. */
export async function* preparedPixels(
  pictures: readonly PictureFile[],
  image: ImageShape,
  read: (picture: PictureFile) => Promise<Uint8Array>,
  prepared: Prepared,
  { signal, onProgress }: Watch = {},
): AsyncGenerator<Uint8Array> {
  const waiting: Promise<Decoded>[] = [];
  let next = 0;
  const fill = () => {
    for (; waiting.length < atOnce && next < pictures.length; next++) {
      const decoding = prepareOne(pictures[next] as PictureFile, image, read);
      // It is awaited in its turn; until then nobody else looks at its failure.
      decoding.catch(() => undefined);
      waiting.push(decoding);
    }
  };
  for (const [done, { file }] of pictures.entries()) {
    signal?.throwIfAborted();
    fill();
    const decoded = await (waiting.shift() as Promise<Decoded>);
    onProgress?.({ stage: "pictures", done: done + 1, total: pictures.length });
    if ("pixels" in decoded) {
      prepared.kept.push(file);
      yield decoded.pixels;
    } else {
      prepared.unusable.push({ file, reason: decoded.reason });
    }
  }
}

/** Small arrays joined to pieces that are worth a write. */
export async function* joined(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of parts) {
    held.push(part);
    bytes += part.length;
    if (bytes < pieceBytes) continue;
    yield Buffer.concat(held);
    held = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(held);
}
