/** A folder of pictures as a data set: prepared once, then read from the cache a few at a time. */
import { open } from "node:fs/promises";
import { basename } from "node:path";
import type { FolderSource } from "../../spec/data.ts";
import { Problem } from "../../spec/problem.ts";
import { shapeOfImage, sizeOf, type ImageShape } from "../../spec/shape.ts";
import type { Dataset, FirstImages, Inspection } from "../dataset.ts";
import { cachePlace, findCached, storeCached, type CachedPictures } from "./cache.ts";
import { classesOf } from "./classes.ts";
import { listSource, readPicture } from "./archive.ts";
import type { PictureList } from "./list.ts";
import { joined, preparedPixels, type Prepared } from "./prepare.ts";
import { readImages, type ImageFile } from "../read-images.ts";

/** Files that are listed with their reasons; of more, the number is told. */
const listedAtMost = 1000;

const imageOf = ({ height, width, channels }: FolderSource): ImageShape => ({
  height,
  width,
  channels,
});

const nameOf = ({ path }: FolderSource): string => basename(path).replace(/\.zip$/i, "") || path;

/** Prepares the pictures unless that was done before. */
async function cachedPictures(source: FolderSource, cache: string): Promise<CachedPictures> {
  const list = await listed(source);
  const place = cachePlace(cache, source, list);
  return (await findCached(place, source)) ?? prepareAll(source, list, place);
}

async function listed({ path, filter }: FolderSource): Promise<PictureList> {
  const list = await listSource(path, filter);
  if (list.pictures.length > 0) return list;
  throw noPictures(path, filter, list.unusable[0]);
}

function noPictures(
  path: string,
  filter: string,
  first: PictureList["unusable"][number] | undefined,
) {
  const named = filter === "" ? "" : ` whose name contains «${filter}»`;
  const example =
    first === undefined ? "" : ` The first file that cannot: ${first.file}, ${first.reason}.`;
  return new Problem(
    "data.empty",
    `${path} holds no picture${named} that can be used; choose a folder of PNG, JPEG, WebP or BMP files.${example}`,
  );
}

function prepareAll(
  source: FolderSource,
  list: PictureList,
  place: ReturnType<typeof cachePlace>,
): Promise<CachedPictures> {
  const prepared: Prepared = { kept: [], unusable: [...list.unusable] };
  const images = joined(preparedPixels(list.pictures, imageOf(source), readPicture, prepared));
  return storeCached(place, images, () => {
    const { kept, unusable } = prepared;
    if (kept.length === 0) throw noPictures(source.path, source.filter, unusable[0]);
    const { labels, names } = classesOf(kept);
    return {
      length: kept.length,
      labels: labels && Buffer.from(labels).toString("base64"),
      classNames: names,
      unusable: unusable.slice(0, listedAtMost),
      unusableCount: unusable.length,
    };
  });
}

const labelsOf = ({ index }: CachedPictures): Uint8Array | null =>
  index.labels === null ? null : new Uint8Array(Buffer.from(index.labels, "base64"));

/**
 * Prepares the pictures, or finds them prepared in the folder `cache`, and reads them from there:
 * no more than a batch is held in memory. Throws `data.*`, `disk.full` or `file.unwritable`.
 */
export async function openPictures(source: FolderSource, cache: string): Promise<Dataset> {
  const cached = await cachedPictures(source, cache);
  const images = await openImages(source, cached);
  const { length, classNames } = cached.index;
  return {
    ...{ name: nameOf(source), image: imageOf(source), length, classes: classNames.length },
    labels: labelsOf(cached),
    read: (indices) => readImages(images, indices),
    close: () => images.file.close(),
  };
}

const openImages = async (source: FolderSource, cached: CachedPictures): Promise<ImageFile> => ({
  file: await open(cached.pixels, "r"),
  length: cached.index.length,
  imageBytes: sizeOf(shapeOfImage(source)),
  start: 0,
});

/** Prepares the pictures unless that was done before. Throws as `openPictures` does. */
export async function inspectPictures(source: FolderSource, cache: string): Promise<Inspection> {
  const cached = await cachedPictures(source, cache);
  const { length, classNames, unusable, unusableCount } = cached.index;
  const classCounts = new Array<number>(classNames.length).fill(0);
  for (const label of labelsOf(cached) ?? []) classCounts[label] = (classCounts[label] ?? 0) + 1;
  return {
    ...{ name: nameOf(source), image: imageOf(source), length },
    ...{ classCounts, classNames, unusable, unusableCount },
  };
}

/** The first images, at most `count`; when the pictures are not prepared, no more are decoded. */
export async function firstPictures(
  source: FolderSource,
  cache: string,
  count: number,
): Promise<FirstImages> {
  const list = await listed(source);
  const cached = await findCached(cachePlace(cache, source, list), source);
  const image = imageOf(source);
  if (!cached) {
    const first = await firstPrepared(source, list, count);
    return { image, count: first.length, pixels: new Uint8Array(Buffer.concat(first)) };
  }
  const images = await openImages(source, cached);
  try {
    const shown = Math.min(count, images.length);
    const places = Array.from({ length: shown }, (_, i) => i);
    return { image, count: shown, pixels: await readImages(images, places) };
  } finally {
    await images.file.close();
  }
}

async function firstPrepared(
  source: FolderSource,
  list: PictureList,
  count: number,
): Promise<Uint8Array[]> {
  const first: Uint8Array[] = [];
  const prepared: Prepared = { kept: [], unusable: [] };
  for await (const pixels of preparedPixels(
    list.pictures,
    imageOf(source),
    readPicture,
    prepared,
  )) {
    first.push(pixels);
    if (first.length >= count) return first;
  }
  if (first.length > 0) return first;
  throw noPictures(source.path, source.filter, prepared.unusable[0]);
}
