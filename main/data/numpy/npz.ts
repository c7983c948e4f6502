/**
 * A NumPy archive (.npz) of images and, where there are any, their labels, held in memory as bytes.
 * Which array is what, the usual names tell (Keras's x_train and y_train, images and labels); a lone
 * array may have any. Read piece by piece, so that nothing is held twice. Leaves out arrays of more than
 * 2 GiB.
 */
import { basename } from "node:path";
import { Problem } from "../../spec/problem.ts";
import { classCountsOf } from "../cached-dataset.ts";
import type { Dataset, FirstImages, Inspection } from "../dataset.ts";
import { plural } from "../idx-header.ts";
import { createImageBytes } from "../image-bytes.ts";
import type { ZipEntry } from "../zip/directory.ts";
import { arrayName, arraysIn, withArray } from "./archive.ts";
import { imagesOf, type ImageArray } from "./images.ts";

const imageNames = ["x_train", "train_images", "images", "x", "data", "arr_0"];
const labelNames = ["y_train", "train_labels", "labels", "y", "targets", "arr_1"];
/** Bytes of the types of whole numbers; little-endian, so the first byte is the number up to 255. */
const integerBytes: Record<string, number> = {
  ...{ "|u1": 1, "|i1": 1, "<u2": 2, "<i2": 2 },
  ...{ "<u4": 4, "<i4": 4, "<u8": 8, "<i8": 8 },
};

const refused = (path: string, what: string): Problem =>
  new Problem("data.format", `${path}: ${what}.`);

function findArray(entries: readonly ZipEntry[], names: readonly string[]): ZipEntry | undefined {
  for (const name of names) {
    const found = entries.find((entry) => arrayName(entry) === name);
    if (found) return found;
  }
  return undefined;
}

interface Contents extends ImageArray {
  labels: Uint8Array | null;
}

/** Calls `use` with the images, then reads the labels. */
async function readContents(
  path: string,
  use: (array: ImageArray, values: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<Contents> {
  const entries = await arraysIn(path);
  const images = entries.length === 1 ? entries[0] : findArray(entries, imageNames);
  if (!images) {
    const names = entries.slice(0, 8).map(arrayName).join(", ");
    throw refused(path, `none of its arrays (${names}) has a usual name; call the images «images»`);
  }
  const array = await withArray(path, images, async ({ place, header, bytes, values }) => {
    const found = imagesOf(place, header);
    if (bytes !== found.length * found.imageBytes) {
      throw refused(place, "it has another length than its header tells of; save it again");
    }
    await use(found, values);
    return found;
  });
  const labels = findArray(entries, labelNames);
  const isLabelled = labels !== undefined && labels !== images;
  return { ...array, labels: isLabelled ? await readLabels(path, labels, array.length) : null };
}

const readLabels = (path: string, entry: ZipEntry, length: number): Promise<Uint8Array> =>
  withArray(path, entry, async ({ place, header, bytes, values }) => {
    const size = integerBytes[header.type];
    const count = header.shape.reduce((product, side) => product * side, 1);
    if (size === undefined || count !== length || bytes !== length * size) {
      throw refused(place, `it is no list of ${plural(length, "label")} as whole numbers`);
    }
    const labels = new Uint8Array(length);
    const largest = header.type === "|i1" ? 127 : 255;
    let at = 0;
    for await (const piece of values) {
      for (const byte of piece) {
        if (byte > (at % size === 0 ? largest : 0)) {
          throw refused(place, "its labels must be from 0 to 255");
        }
        if (at % size === 0) labels[at / size] = byte;
        at++;
      }
    }
    return labels;
  });

const nameOf = (path: string): string => basename(path).replace(/\.npz$/i, "");

/** Throws `data.*`, naming the file, the array and what is wrong with it. */
export async function openNpz(path: string): Promise<Dataset> {
  let images = createImageBytes(1);
  const { image, length, labels } = await readContents(path, async ({ imageBytes }, values) => {
    images = createImageBytes(imageBytes);
    for await (const piece of values) images.append(piece);
  });
  return {
    ...{ name: nameOf(path), image, length, labels, classes: classCountsOf(labels).length },
    read: async (indices) => Promise.resolve(images.read(indices)),
    close: () => Promise.resolve(),
  };
}

/** Reads the arrays to their ends without holding the images. Throws as `openNpz`. */
export async function inspectNpz(path: string): Promise<Inspection> {
  const { image, length, labels } = await readContents(path, async (_, values) => {
    // Their end is what tells that they are whole.
    for await (const _ of values) continue;
  });
  return { name: nameOf(path), image, length, classCounts: classCountsOf(labels) };
}

/** The first images, at most `count`; what follows them is not read. Throws as `openNpz`. */
export async function firstOfNpz(path: string, count: number): Promise<FirstImages> {
  const pieces: Uint8Array[] = [];
  const { image, length, imageBytes } = await readContents(path, async (array, values) => {
    const wanted = Math.min(count, array.length) * array.imageBytes;
    let arrived = 0;
    for await (const piece of values) {
      pieces.push(piece);
      arrived += piece.length;
      if (arrived >= wanted) break;
    }
  });
  const shown = Math.min(count, length);
  const pixels = new Uint8Array(Buffer.concat(pieces).subarray(0, shown * imageBytes));
  return { image, count: shown, pixels };
}
