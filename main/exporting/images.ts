/** What a generator drew, as files: the grid of the fixed noise, new samples, a time-lapse of the run. */
import { encodeAnimation } from "../files/animation.ts";
import { encodeNpy, type ImageBatch } from "../files/npy.ts";
import { decodePng, sheetPng } from "../files/png.ts";
import { Problem } from "../spec/problem.ts";
import { joined } from "./bytes.ts";
import type { ExportedFile } from "./format.ts";

/** Small images are enlarged to about this many pixels, each pixel a square. */
const comfortable = 64;
/** Milliseconds that each sheet is shown; the last one stays. */
const frameTime = 200;
const lastTime = 7 * frameTime;
/** Sheets of a time-lapse, and its pixels' bytes; of more, as many are taken evenly. */
const mostFrames = 240;
const mostBytes = 2 ** 28;

const scaleFor = (width: number, height: number, wanted: number): number =>
  Math.max(1, Math.round(wanted / Math.max(width, height)));

const file = (path: string, content: Uint8Array): ExportedFile => ({
  path,
  content: content as Uint8Array<ArrayBuffer>,
});

/** Throws an `Error` where what was written is not what was drawn. */
export async function gridFile(batch: ImageBatch, columns: number): Promise<ExportedFile> {
  const scale = scaleFor(batch.width, batch.height, comfortable);
  const png = await sheetPng({ ...batch, columns: Math.min(columns, batch.count), scale });
  const read = await decodePng(png);
  const first = batch.pixels.subarray(0, batch.channels);
  if (
    read.width % (batch.width * scale) !== 0 ||
    first.some((value, c) => read.pixels[c] !== value)
  ) {
    throw new Error("the PNG file is not what was drawn");
  }
  return file("samples.png", png);
}

export const samplesFile = (batch: ImageBatch): ExportedFile =>
  file("samples.npy", encodeNpy(batch));

/**
 * `sheets`: of PNG files, oldest first; `read` gives the file of one, null for one that is lost, which is
 * left out. Only those that are shown are read, one after the other. Throws `run.state` where there are none.
 */
export async function timeLapseFile<Sheet>(
  sheets: readonly Sheet[],
  read: (sheet: Sheet) => Promise<Uint8Array | null>,
  format: "gif" | "webp",
): Promise<ExportedFile> {
  let newest: Uint8Array | null = null;
  for (const sheet of sheets.toReversed()) if ((newest = await read(sheet))) break;
  if (!newest) {
    throw new Problem(
      "run.state",
      "The run has no grids of samples, so there is no time-lapse; one is drawn at the end of each epoch.",
    );
  }
  const { width, height, channels } = await decodePng(newest);
  const scale = scaleFor(width, height, 256);
  const fitting = Math.floor(mostBytes / (3 * width * height * scale ** 2));
  const frames: Uint8Array[] = [];
  for (const sheet of evenly(sheets, Math.min(mostFrames, Math.max(2, fitting)))) {
    const png = await read(sheet);
    const frame = png && (await decodePng(png));
    // A sheet of another form belongs to an earlier design of the run.
    const isAlike =
      frame?.width === width && frame.height === height && frame.channels === channels;
    if (isAlike) frames.push(frame.pixels);
  }
  const delays = frames.map((_, index) => (index === frames.length - 1 ? lastTime : frameTime));
  const animation = await encodeAnimation({
    ...{ count: frames.length, width, height, channels, pixels: joined(frames) },
    ...{ format, delays, scale },
  });
  return file(`time-lapse.${format}`, animation);
}

function evenly<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  const step = (items.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => items[Math.round(index * step)] as Item);
}
