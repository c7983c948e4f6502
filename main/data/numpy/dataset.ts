/**
 * A NumPy file of images as a data set, read where it lies: no more than a batch is in memory.
 * Leaves out labels, for one file holds one array.
 */
import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { Problem } from "../../spec/problem.ts";
import { unreadable } from "../content.ts";
import type { Dataset, FirstImages, Inspection } from "../dataset.ts";
import { plural } from "../idx-header.ts";
import { readImages, type ImageFile } from "../read-images.ts";
import { headerBytesAtMost, parseNpyHeader } from "./header.ts";
import { imagesOf, type ImageArray } from "./images.ts";

interface OpenArray extends ImageArray {
  images: ImageFile;
}

/** Throws `data.*`, naming the file and what is wrong with it; nothing is left open then. */
async function openArray(path: string): Promise<OpenArray> {
  try {
    // Asked before opening: opening a pipe would wait for its writer.
    const { size, ...found } = await statOf(path);
    if (!found.isFile) throw new Problem("data.format", `${path} is not a file; name a .npy file.`);
    const file = await open(path, "r");
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headerBytesAtMost), 0, null, 0);
      const header = parseNpyHeader(path, buffer.subarray(0, bytesRead));
      const array = imagesOf(path, header);
      const { length, imageBytes } = array;
      compareLength(path, array, size - header.headerBytes);
      return { ...array, images: { file, length, imageBytes, start: header.headerBytes } };
    } catch (thrown) {
      await file.close();
      throw thrown;
    }
  } catch (thrown) {
    throw unreadable(thrown, path);
  }
}

async function statOf(path: string) {
  const found = await stat(path);
  return { size: found.size, isFile: found.isFile() };
}

function compareLength(path: string, { length, imageBytes }: ImageArray, found: number): void {
  const claimed = length * imageBytes;
  if (found === claimed) return;
  const what = found < claimed ? "is cut off" : "goes on after its end";
  throw new Problem(
    "data.format",
    `${path}: it ${what}. Its header tells of ${plural(length, "image")} (${plural(claimed, "byte")}), but ${plural(found, "byte")} are there; save or copy it again.`,
  );
}

const nameOf = (path: string): string => basename(path).replace(/\.npy$/i, "");

/** Throws `data.*`. */
export async function openNpy(path: string): Promise<Dataset> {
  const { images, image, length } = await openArray(path);
  return {
    ...{ name: nameOf(path), image, length, classes: 0, labels: null },
    read: async (indices) => Promise.resolve(readImages(images, indices)),
    close: () => images.file.close(),
  };
}

/** Checks the header against the file's length, which is all that can be wrong. Throws `data.*`. */
export async function inspectNpy(path: string): Promise<Inspection> {
  const { images, image, length } = await openArray(path);
  await images.file.close();
  return { name: nameOf(path), image, length, classCounts: [] };
}

/** The first images, at most `count`. Throws `data.*`. */
export async function firstOfNpy(path: string, count: number): Promise<FirstImages> {
  const { images, image, length } = await openArray(path);
  try {
    const shown = Math.min(count, length);
    const places = Array.from({ length: shown }, (_, i) => i);
    return { image, count: shown, pixels: readImages(images, places) };
  } finally {
    await images.file.close();
  }
}
