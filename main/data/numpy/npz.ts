/**
 * A NumPy archive (.npz) of images and, where there are any, their labels, held in memory as bytes.
 * Which array is what, the usual names tell (Keras's x_train and y_train, images and labels); a lone
 * array may have any. Leaves out arrays of more than 2 GiB.
 */
import { basename } from "node:path";
import { Problem } from "../../spec/problem.ts";
import type { Dataset, FirstImages, Inspection } from "../dataset.ts";
import { plural } from "../idx-header.ts";
import { createImageBytes } from "../image-bytes.ts";
import { readDirectory, type ZipEntry } from "../zip/directory.ts";
import { readEntry } from "../zip/entry.ts";
import { headerBytesAtMost, parseNpyHeader } from "./header.ts";
import { imagesOf, type ImageArray } from "./images.ts";

const imageNames = ["x_train", "train_images", "images", "x", "data", "arr_0"];
const labelNames = ["y_train", "train_labels", "labels", "y", "targets", "arr_1"];
const bytesAtMost = 2 ** 31;

/** Bytes of the types of whole numbers; little-endian, so the first byte is the number up to 255. */
const integerBytes: Record<string, number> = {
  ...{ "|u1": 1, "|i1": 1, "<u2": 2, "<i2": 2 },
  ...{ "<u4": 4, "<i4": 4, "<u8": 8, "<i8": 8 },
};

const refused = (path: string, what: string): Problem =>
  new Problem("data.format", `${path}: ${what}.`);

interface Contents extends ImageArray {
  pixels: Uint8Array;
  labels: Uint8Array | null;
}

/** Without the folders that lie around it where somebody packed the arrays by hand. */
const arrayName = ({ name }: ZipEntry): string =>
  name
    .slice(name.lastIndexOf("/") + 1)
    .replace(/\.npy$/i, "")
    .toLowerCase();

/** Whether there is an array in an archive. Throws `data.*`. */
export const holdsArrays = async (path: string): Promise<boolean> =>
  (await readDirectory(path)).some(({ name }) => /\.npy$/i.test(name));

function findArray(entries: readonly ZipEntry[], names: readonly string[]): ZipEntry | undefined {
  for (const name of names) {
    const found = entries.find((entry) => arrayName(entry) === name);
    if (found) return found;
  }
  return undefined;
}

async function readArray(path: string, entry: ZipEntry) {
  const place = `${path}, ${entry.name}`;
  if (entry.bytes > bytesAtMost) {
    throw refused(place, "it has more than 2 GiB; save it as .npy, which is read piece by piece");
  }
  const bytes = await readEntry(path, entry).catch((thrown: unknown) => {
    const isReason = thrown instanceof Problem && thrown.code === "data.format";
    throw isReason ? refused(place, thrown.message) : thrown;
  });
  const header = parseNpyHeader(place, bytes.subarray(0, headerBytesAtMost));
  return { place, header, data: bytes.subarray(header.headerBytes) };
}

async function readContents(path: string): Promise<Contents> {
  const entries = (await readDirectory(path)).filter(({ name }) => /\.npy$/i.test(name));
  const images = entries.length === 1 ? entries[0] : findArray(entries, imageNames);
  if (!images) {
    const names = entries.slice(0, 8).map(arrayName).join(", ");
    throw refused(path, `none of its arrays (${names}) has a usual name; call the images «images»`);
  }
  const { place, header, data } = await readArray(path, images);
  const array = imagesOf(place, header);
  if (data.length !== array.length * array.imageBytes) {
    throw refused(place, "it has another length than its header tells of; save it again");
  }
  const labels = findArray(entries, labelNames);
  const isLabelled = labels !== undefined && labels !== images;
  return {
    ...array,
    pixels: data,
    labels: isLabelled ? await readLabels(path, labels, array.length) : null,
  };
}

async function readLabels(path: string, entry: ZipEntry, length: number): Promise<Uint8Array> {
  const { place, header, data } = await readArray(path, entry);
  const size = integerBytes[header.type];
  const count = header.shape.reduce((product, side) => product * side, 1);
  if (size === undefined || count !== length || data.length !== length * size) {
    throw refused(place, `it is no list of ${plural(length, "label")} as whole numbers`);
  }
  const labels = new Uint8Array(length);
  for (let i = 0; i < data.length; i++) {
    const byte = data[i] as number;
    if (i % size === 0) labels[i / size] = byte;
    else if (byte !== 0) throw refused(place, "its labels must be from 0 to 255");
  }
  return labels;
}

const nameOf = (path: string): string => basename(path).replace(/\.npz$/i, "");

const classesOf = (labels: Uint8Array | null): number =>
  labels ? labels.reduce((most, label) => Math.max(most, label), 0) + 1 : 0;

/** Throws `data.*`, naming the file, the array and what is wrong with it. */
export async function openNpz(path: string): Promise<Dataset> {
  const { image, length, imageBytes, labels, pixels } = await readContents(path);
  const images = createImageBytes(imageBytes);
  images.append(pixels);
  return {
    ...{ name: nameOf(path), image, length, labels, classes: classesOf(labels) },
    read: async (indices) => Promise.resolve(images.read(indices)),
    close: () => Promise.resolve(),
  };
}

/** Throws as `openNpz`. */
export async function inspectNpz(path: string): Promise<Inspection> {
  const { image, length, labels } = await readContents(path);
  const classCounts = new Array<number>(classesOf(labels)).fill(0);
  for (const label of labels ?? []) classCounts[label] = (classCounts[label] ?? 0) + 1;
  return { name: nameOf(path), image, length, classCounts };
}

/** The first images, at most `count`. Throws as `openNpz`. */
export async function firstOfNpz(path: string, count: number): Promise<FirstImages> {
  const { image, length, imageBytes, pixels } = await readContents(path);
  const shown = Math.min(count, length);
  return { image, count: shown, pixels: new Uint8Array(pixels.subarray(0, shown * imageBytes)) };
}
