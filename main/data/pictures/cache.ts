/**
 * Pictures decoded once and kept: the images' bytes in one file, what is known of them in a small
 * second file that is written last, so that a preparation that was cut off leaves nothing that
 * counts. The name holds a fingerprint of the files (names, sizes, times) and of the settings; when
 * one of them changes, all are prepared anew and the former two files are removed.
 * Leaves out: preparing only what changed, and a checksum at each start, which would take as long.
 */
import { createHash } from "node:crypto";
import { readdir, readFile, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { createFolder } from "../../files/durable-folder.ts";
import { durableWrite } from "../../files/durable-write.ts";
import type { FolderSource } from "../../spec/data.ts";
import { shapeOfImage, sizeOf } from "../../spec/shape.ts";
import type { PictureList } from "./list.ts";

/** To be raised when the same files would become other images. */
const version = 1;

const indexSchema = v.object({
  length: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** One byte an image in Base64, or null. */
  labels: v.nullable(v.pipe(v.string(), v.base64())),
  classNames: v.array(v.string()),
  unusable: v.array(v.object({ file: v.string(), reason: v.string() })),
  unusableCount: v.number(),
});

/** What is known of prepared images; `labels` in Base64. */
export type PictureIndex = v.InferOutput<typeof indexSchema>;

export interface CachePlace {
  folder: string;
  /** Of the source, whatever its files are. */
  source: string;
  /** Of the source with its files as they are now. */
  name: string;
}

export interface CachedPictures {
  index: PictureIndex;
  /** The file of images, image after image. */
  pixels: string;
}

const digest = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, 20);

/** Where these pictures, prepared with these settings, lie or would lie. */
export function cachePlace(folder: string, source: FolderSource, list: PictureList): CachePlace {
  const own = `pictures-${digest(JSON.stringify([version, source]))}`;
  const files = list.pictures.map(({ file, bytes, stamp }) => [file, bytes, stamp]);
  return { folder, source: own, name: `${own}-${digest(JSON.stringify([files, list.unusable]))}` };
}

const pixelsOf = ({ folder, name }: CachePlace): string => join(folder, `${name}.pixels`);
const indexOf = ({ folder, name }: CachePlace): string => join(folder, `${name}.json`);

/** What lies there; null when it was not prepared yet or does not hold together. */
export async function findCached(
  place: CachePlace,
  image: FolderSource,
): Promise<CachedPictures | null> {
  try {
    const index = v.parse(indexSchema, JSON.parse(await readFile(indexOf(place), "utf8")));
    const pixels = pixelsOf(place);
    const { size } = await stat(pixels);
    const isWhole = size === index.length * sizeOf(shapeOfImage(image));
    const labels = index.labels === null ? null : Buffer.from(index.labels, "base64").length;
    return isWhole && (labels ?? index.length) === index.length ? { index, pixels } : null;
  } catch {
    // Whatever is wrong with it, preparing anew puts it right.
    return null;
  }
}

/**
 * Stores images and, once they have all arrived, their index; removes what was stored before for the
 * same source. `indexAfter` throws when there is nothing worth keeping. Throws `disk.full` or
 * `file.unwritable`.
 */
export async function storeCached(
  place: CachePlace,
  images: AsyncIterable<Uint8Array>,
  indexAfter: () => PictureIndex,
): Promise<CachedPictures> {
  createFolder(place.folder);
  const pixels = pixelsOf(place);
  await durableWrite(pixels, images);
  const index = await indexed(indexAfter, pixels);
  await durableWrite(indexOf(place), new TextEncoder().encode(JSON.stringify(index)));
  await removeFormer(place);
  return { index, pixels };
}

async function indexed(indexAfter: () => PictureIndex, pixels: string): Promise<PictureIndex> {
  try {
    return indexAfter();
  } catch (thrown) {
    await unlink(pixels).catch(() => undefined);
    throw thrown;
  }
}

async function removeFormer({ folder, source, name }: CachePlace): Promise<void> {
  const former = (await readdir(folder)).filter(
    (file) => file.startsWith(`${source}-`) && !file.startsWith(`${name}.`),
  );
  // A file that a running training still reads stays on Windows until the next time.
  for (const file of former) await unlink(join(folder, file)).catch(() => undefined);
}
