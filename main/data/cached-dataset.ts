/** Images in the cache as a data set: read where they lie, no more than a batch at a time. */
import { open } from "node:fs/promises";
import { shapeOfImage, sizeOf, type ImageShape } from "../spec/shape.ts";
import type { CachedImages } from "./cache.ts";
import type { Dataset, FirstImages } from "./dataset.ts";
import { readImages, type ImageFile } from "./read-images.ts";

export const labelsOf = ({ index }: CachedImages): Uint8Array | null =>
  index.labels === null ? null : new Uint8Array(Buffer.from(index.labels, "base64"));

/** Images of each class, in class order: at least `classes` of them. */
export function classCountsOf(labels: Uint8Array | null, classes = 0): number[] {
  const most = labels?.reduce((largest, label) => Math.max(largest, label), 0) ?? -1;
  const counts = new Array<number>(Math.max(classes, most + 1)).fill(0);
  for (const label of labels ?? []) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

const openImages = async (image: ImageShape, cached: CachedImages): Promise<ImageFile> => ({
  file: await open(cached.pixels, "r"),
  length: cached.index.length,
  imageBytes: sizeOf(shapeOfImage(image)),
  start: 0,
});

export async function openCached(
  name: string,
  image: ImageShape,
  cached: CachedImages,
): Promise<Dataset> {
  const images = await openImages(image, cached);
  const { length, classNames } = cached.index;
  const labels = labelsOf(cached);
  return {
    ...{ name, image, length, labels },
    classes: classCountsOf(labels, classNames.length).length,
    read: async (indices) => Promise.resolve(readImages(images, indices)),
    close: () => images.file.close(),
  };
}

/** The first images, at most `count`. */
export async function firstOfCached(
  image: ImageShape,
  cached: CachedImages,
  count: number,
): Promise<FirstImages> {
  const images = await openImages(image, cached);
  try {
    const shown = Math.min(count, images.length);
    const places = Array.from({ length: shown }, (_, i) => i);
    return { image, count: shown, pixels: readImages(images, places) };
  } finally {
    await images.file.close();
  }
}
