/** Lines of pixels as a data set, held in memory as their bytes. */
import { basename } from "node:path";
import type { CsvSource } from "../../spec/data.ts";
import { Problem } from "../../spec/problem.ts";
import { shapeOfImage, sizeOf, type ImageShape } from "../../spec/shape.ts";
import { withContent } from "../content.ts";
import type { Dataset, FirstImages, Inspection } from "../dataset.ts";
import { createImageBytes } from "../image-bytes.ts";
import { readRows } from "./rows.ts";

const imageOf = ({ height, width, channels }: CsvSource): ImageShape => ({
  height,
  width,
  channels,
});

const nameOf = ({ path }: CsvSource): string => basename(path).replace(/\.csv(\.gz)?$/i, "");

/** Calls `take` with the pixels and label of each line until it answers false. */
async function readImages(
  source: CsvSource,
  take: (pixels: Uint8Array, label: number | null) => boolean,
): Promise<void> {
  const { path, label } = source;
  const pixels = sizeOf(shapeOfImage(source));
  const isLabelled = label !== "none";
  const first = label === "first" ? 1 : 0;
  const at = label === "first" ? 0 : pixels;
  let lines = 0;
  await withContent(path, (content) =>
    readRows(path, content, pixels + (isLabelled ? 1 : 0), (row) => {
      lines++;
      return take(row.subarray(first, first + pixels), isLabelled ? (row[at] as number) : null);
    }),
  );
  if (lines > 0) return;
  throw new Problem("data.empty", `${path} holds no line of pixels; choose another file.`);
}

function classCountsOf(labels: readonly number[]): number[] {
  const counts = new Array<number>(Math.max(-1, ...new Set(labels)) + 1).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

/** Throws `data.*` with the line and what is wrong with it. */
export async function openCsv(source: CsvSource): Promise<Dataset> {
  const images = createImageBytes(sizeOf(shapeOfImage(source)));
  const labels: number[] = [];
  let length = 0;
  await readImages(source, (pixels, label) => {
    images.append(pixels);
    if (label !== null) labels.push(label);
    length++;
    return true;
  });
  return {
    ...{ name: nameOf(source), image: imageOf(source), length },
    classes: classCountsOf(labels).length,
    labels: labels.length > 0 ? Uint8Array.from(labels) : null,
    read: async (indices) => Promise.resolve(images.read(indices)),
    close: () => Promise.resolve(),
  };
}

/** Reads the file to its end without holding the images. Throws as `openCsv`. */
export async function inspectCsv(source: CsvSource): Promise<Inspection> {
  const labels: number[] = [];
  let length = 0;
  await readImages(source, (_pixels, label) => {
    if (label !== null) labels.push(label);
    length++;
    return true;
  });
  return {
    ...{ name: nameOf(source), image: imageOf(source), length },
    classCounts: classCountsOf(labels),
  };
}

/** The first images, at most `count`; what follows them is not read. Throws as `openCsv`. */
export async function firstOfCsv(source: CsvSource, count: number): Promise<FirstImages> {
  const first: Uint8Array[] = [];
  await readImages(source, (pixels) => {
    first.push(pixels.slice());
    return first.length < count;
  });
  const pixels = new Uint8Array(Buffer.concat(first));
  return { image: imageOf(source), count: first.length, pixels };
}
