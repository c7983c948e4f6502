/** Lines of pixels as a data set: read once as a stream into the cache, then from there. */
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { CsvSource } from "../../spec/data.ts";
import { Problem } from "../../spec/problem.ts";
import { shapeOfImage, sizeOf, type ImageShape } from "../../spec/shape.ts";
import { cachePlace, findCached, storeCached, type CachedImages } from "../cache.ts";
import { classCountsOf, labelsOf, openCached } from "../cached-dataset.ts";
import { unreadable, withContent, type Content } from "../content.ts";
import type { Dataset, FirstImages, Inspection } from "../dataset.ts";
import type { Watch } from "../watch.ts";
import { readRows } from "./rows.ts";

/** Labels are in memory, one byte an image; pixels are on the disk. */
const imagesAtMost = 10_000_000;
const bytesAtMost = 32 * 1024 ** 3;

const imageOf = ({ height, width, channels }: CsvSource): ImageShape => ({
  height,
  width,
  channels,
});

const nameOf = ({ path }: CsvSource): string => basename(path).replace(/\.csv(\.gz)?$/i, "");

/** Pixels of some images, and their labels unless there are none. */
interface Images {
  pixels: Uint8Array;
  labels: Uint8Array;
}

/** Whatever a piece holds: of a packed file that is nothing but blank lines no row ever comes. */
async function* watchedPieces(
  { pieces, position, fileBytes }: Content,
  { signal, onProgress }: Watch,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    signal?.throwIfAborted();
    yield piece;
    onProgress?.({ stage: "lines", done: position(), total: fileBytes });
  }
}

/** Throws `data.*` with the line and what is wrong with it, or the signal's reason. */
async function* imagesOf(
  source: CsvSource,
  file: string,
  content: Content,
  watch: Watch,
): AsyncGenerator<Images> {
  const size = sizeOf(shapeOfImage(source));
  const isLabelled = source.label !== "none";
  const columns = size + (isLabelled ? 1 : 0);
  const first = source.label === "first" ? 1 : 0;
  const at = source.label === "first" ? 0 : size;
  let images = 0;
  for await (const rows of readRows(file, watchedPieces(content, watch), columns)) {
    const count = rows.length / columns;
    images += count;
    requireBounded(file, images, size);
    const pixels = new Uint8Array(count * size);
    const labels = new Uint8Array(isLabelled ? count : 0);
    for (let i = 0; i < count; i++) {
      const row = rows.subarray(i * columns, (i + 1) * columns);
      pixels.set(row.subarray(first, first + size), i * size);
      if (isLabelled) labels[i] = row[at] as number;
    }
    yield { pixels, labels };
  }
}

function requireBounded(file: string, images: number, size: number): void {
  if (images <= imagesAtMost && images * size <= bytesAtMost) return;
  throw new Problem(
    "data.format",
    `${file}: it holds more than can be used (${imagesAtMost.toLocaleString("en")} images, or ${bytesAtMost / 1024 ** 3} GiB of pixels); divide it.`,
  );
}

const noLine = (file: string): Problem =>
  new Problem("data.empty", `${file} holds no line of pixels; choose another file.`);

/** Reads the file unless that was done before. */
async function cachedImages(
  source: CsvSource,
  file: string,
  cache: string,
  watch: Watch,
): Promise<CachedImages> {
  const { size, mtimeMs } = await statOf(file);
  const place = cachePlace(cache, source, [size, mtimeMs]);
  const found = await findCached(place, source);
  if (found) return found;
  const labels: Uint8Array[] = [];
  let length = 0;
  return withContent(file, (content) => {
    const pixels = async function* () {
      try {
        for await (const some of imagesOf(source, file, content, watch)) {
          labels.push(some.labels);
          length += some.pixels.length / sizeOf(shapeOfImage(source));
          yield some.pixels;
        }
      } catch (thrown) {
        // Else it would pass for a failure of the cache's own file.
        throw unreadable(thrown, file);
      }
    };
    return storeCached(place, pixels(), () => {
      if (length === 0) throw noLine(file);
      const all = source.label === "none" ? null : Buffer.concat(labels).toString("base64");
      return { length, labels: all, classNames: [], unusable: [], unusableCount: 0 };
    });
  });
}

async function statOf(file: string) {
  try {
    return await stat(file);
  } catch (thrown) {
    throw unreadable(thrown, file);
  }
}

/**
 * Reads the images of `file` from the folder `cache`, where they are put when they are not there yet.
 * `file` is the source's path, or what was unpacked from it. Throws `data.*` with the line and what is
 * wrong with it, `disk.full`, `file.unwritable`, or the watch's reason to end.
 */
export async function openCsv(
  source: CsvSource,
  cache: string,
  file = source.path,
  watch: Watch = {},
): Promise<Dataset> {
  const cached = await cachedImages(source, file, cache, watch);
  return openCached(nameOf(source), imageOf(source), cached);
}

/** Reads the file to its end unless that was done before. Throws as `openCsv`. */
export async function inspectCsv(
  source: CsvSource,
  cache: string,
  file = source.path,
  watch: Watch = {},
): Promise<Inspection> {
  const cached = await cachedImages(source, file, cache, watch);
  const { length } = cached.index;
  return {
    ...{ name: nameOf(source), image: imageOf(source), length },
    classCounts: classCountsOf(labelsOf(cached)),
  };
}

/** The first images, at most `count`; what follows them is not read. Throws as `openCsv`. */
export async function firstOfCsv(
  source: CsvSource,
  count: number,
  file = source.path,
): Promise<FirstImages> {
  const size = sizeOf(shapeOfImage(source));
  const first: Uint8Array[] = [];
  let found = 0;
  await withContent(file, async (content) => {
    for await (const { pixels } of imagesOf(source, file, content, {})) {
      first.push(pixels);
      found += pixels.length / size;
      if (found >= count) break;
    }
  });
  if (found === 0) throw noLine(file);
  const shown = Math.min(count, found);
  const pixels = new Uint8Array(Buffer.concat(first).subarray(0, shown * size));
  return { image: imageOf(source), count: shown, pixels };
}
