/** A folder of pictures as a data set: prepared once, then read from the cache a few at a time. */
import { basename } from "node:path";
import type { FolderSource } from "../../spec/data.ts";
import { Problem } from "../../spec/problem.ts";
import type { ImageShape } from "../../spec/shape.ts";
import { cachePlace, findCached, storeCached, type CachedImages } from "../cache.ts";
import { classCountsOf, firstOfCached, labelsOf, openCached } from "../cached-dataset.ts";
import type { Dataset, FirstImages, Inspection } from "../dataset.ts";
import type { Watch } from "../watch.ts";
import { classesOf } from "./classes.ts";
import { listSource, readPicture } from "./archive.ts";
import type { PictureList } from "./list.ts";
import { joined, preparedPixels, type Prepared } from "./prepare.ts";

/** Files that are listed with their reasons; of more, the number is told. */
const listedAtMost = 1000;

const imageOf = ({ height, width, channels }: FolderSource): ImageShape => ({
  height,
  width,
  channels,
});

const nameOf = ({ path }: FolderSource): string => basename(path).replace(/\.zip$/i, "") || path;

/** Prepares the pictures unless that was done before. */
async function cachedPictures(
  source: FolderSource,
  cache: string,
  watch: Watch,
): Promise<CachedImages> {
  const list = await listed(source);
  const place = cachePlace(cache, source, contentOf(list));
  return (await findCached(place, source)) ?? prepareAll(source, list, place, watch);
}

/** What prepared pictures are made of: another list, another fingerprint. */
const contentOf = ({ pictures, unusable }: PictureList) => [
  pictures.map(({ file, bytes, stamp }) => [file, bytes, stamp]),
  unusable,
];

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
  watch: Watch,
): Promise<CachedImages> {
  const prepared: Prepared = { kept: [], unusable: [...list.unusable] };
  const image = imageOf(source);
  const images = joined(preparedPixels(list.pictures, image, readPicture, prepared, watch));
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

/**
 * Prepares the pictures, or finds them prepared in the folder `cache`, and reads them from there:
 * no more than a batch is held in memory. Throws `data.*`, `disk.full`, `file.unwritable`, or the
 * watch's reason to end.
 */
export async function openPictures(
  source: FolderSource,
  cache: string,
  watch: Watch = {},
): Promise<Dataset> {
  const cached = await cachedPictures(source, cache, watch);
  return openCached(nameOf(source), imageOf(source), cached);
}

/** Prepares the pictures unless that was done before. Throws as `openPictures` does. */
export async function inspectPictures(
  source: FolderSource,
  cache: string,
  watch: Watch = {},
): Promise<Inspection> {
  const cached = await cachedPictures(source, cache, watch);
  const { length, classNames, unusable, unusableCount } = cached.index;
  return {
    ...{ name: nameOf(source), image: imageOf(source), length },
    classCounts: classCountsOf(labelsOf(cached), classNames.length),
    ...{ classNames, unusable, unusableCount },
  };
}

/** The first images, at most `count`; when the pictures are not prepared, no more are decoded. */
export async function firstPictures(
  source: FolderSource,
  cache: string,
  count: number,
): Promise<FirstImages> {
  const list = await listed(source);
  const image = imageOf(source);
  const cached = await findCached(cachePlace(cache, source, contentOf(list)), source);
  if (cached) return firstOfCached(image, cached, count);
  const first = await firstPrepared(source, list, count);
  return { image, count: first.length, pixels: new Uint8Array(Buffer.concat(first)) };
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
