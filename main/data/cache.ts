/**
 * Images made ready once and kept: their bytes in one file, what is known of them in a small second
 * file that is written last, so that a preparation that was cut off leaves nothing that counts. A
 * name holds a fingerprint of the source, then one of what it is made of (names, sizes, times): when
 * that changes, all is made anew and what was stored before goes.
 * Leaves out: preparing only what changed, and a checksum at each start, which would take as long.
 */
import { createHash } from "node:crypto";
import { readdirSync, unlinkSync } from "node:fs";
import { readdir, readFile, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { createFolder } from "../files/durable-folder.ts";
import { durableWrite } from "../files/durable-write.ts";
import type { CsvSource, DataSource, FolderSource } from "../spec/data.ts";
import { shapeOfImage, sizeOf, type ImageShape } from "../spec/shape.ts";

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
export type CacheIndex = v.InferOutput<typeof indexSchema>;

export interface CachePlace {
  folder: string;
  /** Of the source, whatever its files are. */
  source: string;
  /** Of the source with its files as they are now. */
  name: string;
}

export interface CachedImages {
  index: CacheIndex;
  /** The file of images, image after image. */
  pixels: string;
}

export const digest = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, 20);

const kinds = { folder: "pictures", csv: "csv" } as const;

const preparedPrefix = (source: FolderSource | CsvSource): string =>
  `${kinds[source.kind]}-${digest(JSON.stringify([version, source]))}`;

/** What the names of files begin with that were unpacked from the archive at `path`. */
export const unpackedPrefix = (path: string): string => `unpacked-${digest(path)}`;

/** Where these images, prepared with these settings, lie or would lie; `content` is what they are made of. */
export function cachePlace(
  folder: string,
  source: FolderSource | CsvSource,
  content: unknown,
): CachePlace {
  const own = preparedPrefix(source);
  return { folder, source: own, name: `${own}-${digest(JSON.stringify(content))}` };
}

const pixelsOf = ({ folder, name }: CachePlace): string => join(folder, `${name}.pixels`);
const indexOf = ({ folder, name }: CachePlace): string => join(folder, `${name}.json`);

/** What lies there; null when it was not prepared yet or does not hold together. */
export async function findCached(
  place: CachePlace,
  image: ImageShape,
): Promise<CachedImages | null> {
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
  indexAfter: () => CacheIndex,
): Promise<CachedImages> {
  createFolder(place.folder);
  const pixels = pixelsOf(place);
  await durableWrite(pixels, images);
  const index = await indexed(indexAfter, pixels);
  await durableWrite(indexOf(place), new TextEncoder().encode(JSON.stringify(index)));
  await removeFormer(place.folder, place.source, place.name);
  return { index, pixels };
}

async function indexed(indexAfter: () => CacheIndex, pixels: string): Promise<CacheIndex> {
  try {
    return indexAfter();
  } catch (thrown) {
    await unlink(pixels).catch(() => undefined);
    throw thrown;
  }
}

/** Removes what was kept for the same source before. */
export async function removeFormer(folder: string, source: string, name: string): Promise<void> {
  const former = (await readdir(folder)).filter(
    (file) => file.startsWith(`${source}-`) && !file.startsWith(name),
  );
  // A file that a running training still reads stays on Windows until the next time.
  for (const file of former) await unlink(join(folder, file)).catch(() => undefined);
}

const kept = /^((?:pictures|csv|unpacked)-[0-9a-f]{20})-/;

/**
 * Removes what was kept for sources other than these; returns the names. Files of any other name are
 * left alone, and so is one that the system will not give up, until the next time.
 */
export function sweepCache(folder: string, sources: readonly DataSource[]): string[] {
  const wanted = new Set(sources.flatMap(prefixesOf));
  const removed: string[] = [];
  for (const name of namesIn(folder)) {
    const prefix = kept.exec(name)?.[1];
    if (prefix === undefined || wanted.has(prefix)) continue;
    try {
      unlinkSync(join(folder, name));
      removed.push(name);
    } catch {
      // Of a training that outlived its program, on Windows.
    }
  }
  return removed;
}

/** Removes what was kept for `source`, unless one of `others` needs it too. */
export function removeCached(
  folder: string,
  source: DataSource,
  others: readonly DataSource[],
): void {
  const needed = new Set(others.flatMap(prefixesOf));
  const own = prefixesOf(source).filter((prefix) => !needed.has(prefix));
  for (const name of namesIn(folder)) {
    const prefix = kept.exec(name)?.[1];
    if (prefix === undefined || !own.includes(prefix)) continue;
    try {
      unlinkSync(join(folder, name));
    } catch {
      // Swept when the home is opened again.
    }
  }
}

function prefixesOf(source: DataSource): string[] {
  if (source.kind === "digits") return [];
  const prepared =
    source.kind === "folder" || source.kind === "csv" ? [preparedPrefix(source)] : [];
  return [unpackedPrefix(source.path), ...prepared];
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // There is none before the first preparation.
    return [];
  }
}
