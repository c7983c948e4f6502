/** Images and labels from IDX files as a data set, and a look at them that holds no image. */
import { basename } from "node:path";
import { Problem } from "../spec/problem.ts";
import { formatShape, shapeOfImage, sizeOf, type ImageShape } from "../spec/shape.ts";
import { classCountsOf } from "./cached-dataset.ts";
import type { Dataset, FirstImages, Inspection } from "./dataset.ts";
import { findIdxFiles, type IdxFiles } from "./idx-folder.ts";
import { plural } from "./idx-header.ts";
import { withIdx } from "./idx.ts";
import { createImageBytes } from "./image-bytes.ts";

const largestSide = 1024;

/** Throws `data.format` when items of these sizes are no images that can be used. */
function imageShapeOf(path: string, sizes: readonly number[]): ImageShape {
  const [, height, width, channels = 1] = sizes;
  if (height === undefined || width === undefined) {
    const what = sizes.length === 1 ? "labels (one byte an item)" : "rows";
    throw new Problem(
      "data.format",
      `${path}: it holds ${what}, not images; name the file of images.`,
    );
  }
  if (channels !== 1 && channels !== 3) {
    throw new Problem(
      "data.format",
      `${path}: its images have ${plural(channels, "channel")}; 1 (grey) or 3 (RGB) can be used.`,
    );
  }
  if (Math.max(height, width) > largestSide) {
    throw new Problem(
      "data.format",
      `${path}: its images are ${height}×${width}; at most ${largestSide}×${largestSide} can be used. Make them smaller.`,
    );
  }
  return { height, width, channels };
}

/** Where the bytes of the images go, in their order. */
interface Sink {
  append(bytes: Uint8Array): void;
}

interface Contents<Taken extends Sink> {
  images: Taken;
  files: IdxFiles;
  image: ImageShape;
  length: number;
  labels: Uint8Array | null;
}

/** Throws `data.format` unless `path` tells of one label an image. Reads its header only. */
async function checkLabels(path: string, length: number): Promise<void> {
  const sizes = await withIdx(path, (idx) => Promise.resolve(idx.sizes));
  if (sizes.length !== 1) {
    const what = formatShape(sizes);
    throw new Problem(
      "data.format",
      `${path}: it holds ${what} values, not labels; replace or remove it.`,
    );
  }
  if (sizes[0] === length) return;
  throw new Problem(
    "data.format",
    `${path}: it holds ${plural(sizes[0] as number, "label")} for ${plural(length, "image")}; ` +
      "one an image is wanted. Replace or remove it.",
  );
}

/** All labels; only once `length` is known to be true, for so much memory is taken. */
function readLabels(path: string, length: number): Promise<Uint8Array> {
  return withIdx(path, async ({ data }) => {
    const labels = new Uint8Array(length);
    let at = 0;
    for await (const piece of data) {
      labels.set(piece.subarray(0, length - at), at);
      at += piece.length;
    }
    return labels;
  });
}

/** Reads both files to their ends; the images go to what `begin` makes for their shape. */
async function readFiles<Taken extends Sink>(
  path: string,
  begin: (image: ImageShape) => Taken,
): Promise<Contents<Taken>> {
  const files = await findIdxFiles(path);
  const { image, length, images } = await withIdx(files.images, async ({ sizes, data }) => {
    const shape = imageShapeOf(files.images, sizes);
    const count = sizes[0] as number;
    if (files.labels !== null) await checkLabels(files.labels, count);
    const sink = begin(shape);
    for await (const piece of data) sink.append(piece);
    return { image: shape, length: count, images: sink };
  });
  const labels = files.labels === null ? null : await readLabels(files.labels, length);
  return { files, image, length, labels, images };
}

/** Files of a folder are known by it: «mnist» says more than «train-images-idx3-ubyte». */
const nameOf = (path: string, { images }: IdxFiles): string =>
  basename(path === images ? images.replace(/\.gz$/i, "") : path);

/** Holds all images in memory. Throws `data.*`, naming the file and what is wrong with it. */
export async function openIdxDataset(path: string): Promise<Dataset> {
  const { files, image, length, labels, images } = await readFiles(path, (shape) =>
    createImageBytes(sizeOf(shapeOfImage(shape))),
  );
  return {
    ...{ name: nameOf(path, files), image, length, labels, classes: classCountsOf(labels).length },
    read: async (indices) => Promise.resolve(images.read(indices)),
    close: () => Promise.resolve(),
  };
}

/** Checks both files to their ends without holding the images. Throws `data.*`. */
export async function inspectIdx(path: string): Promise<Inspection> {
  const { files, image, length, labels } = await readFiles(path, () => ({
    append: () => undefined,
  }));
  return { name: nameOf(path, files), image, length, classCounts: classCountsOf(labels) };
}

/** The first images, at most `count`; what follows them is not read. Throws `data.*`. */
export async function firstOfIdx(path: string, count: number): Promise<FirstImages> {
  const { images } = await findIdxFiles(path);
  return withIdx(images, async ({ sizes, data }) => {
    const image = imageShapeOf(images, sizes);
    const size = sizeOf(shapeOfImage(image));
    const shown = Math.min(count, sizes[0] as number);
    const store = createImageBytes(size);
    let arrived = 0;
    for await (const piece of data) {
      store.append(piece);
      arrived += piece.length;
      if (arrived >= shown * size) break;
    }
    return { image, count: shown, pixels: store.read(Array.from({ length: shown }, (_, i) => i)) };
  });
}

/** Throws `data.*` when the path cannot be used, as far as the headers tell. */
export async function checkIdx(path: string): Promise<void> {
  const { images, labels } = await findIdxFiles(path);
  const length = await withIdx(images, ({ sizes }) => {
    imageShapeOf(images, sizes);
    return Promise.resolve(sizes[0] as number);
  });
  if (labels !== null) await checkLabels(labels, length);
}
