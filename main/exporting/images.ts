/** What a generator drew, as files: the grid of the fixed noise, new samples, a time-lapse of the run. */
import { encodeAnimation } from "../files/animation.ts";
import { encodeNpy, type ImageBatch } from "../files/npy.ts";
import { decodePng, sheetPng } from "../files/png.ts";
import { Problem } from "../spec/problem.ts";
import type { ExportedFile } from "./format.ts";

/** Small images are enlarged to about this many pixels, each pixel a square. */
const comfortable = 64;
/** Milliseconds that each sheet is shown; the last one stays. */
const frameTime = 200;
const lastFrames = 6;
/** Sheets of a time-lapse; of more, as many are taken evenly. */
const mostFrames = 240;

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

/** `sheets`: PNG files of one size, oldest first. Throws `run.state` where there are none. */
export async function timeLapseFile(
  sheets: readonly Uint8Array[],
  format: "gif" | "webp",
): Promise<ExportedFile> {
  if (sheets.length === 0) {
    throw new Problem(
      "run.state",
      "The run has no grids of samples yet, so there is no time-lapse; one is drawn at the end of each epoch.",
    );
  }
  const images = await Promise.all(evenly(sheets, mostFrames).map((png) => decodePng(png)));
  const last = images.at(-1) as (typeof images)[number];
  // A sheet of another form belongs to an earlier design of the run.
  const alike = images.filter(
    ({ width, height, channels }) =>
      width === last.width && height === last.height && channels === last.channels,
  );
  const frames = [...alike, ...new Array<typeof last>(lastFrames).fill(last)];
  const pixels = new Uint8Array(frames.length * last.pixels.length);
  for (const [index, frame] of frames.entries())
    pixels.set(frame.pixels, index * last.pixels.length);
  const { width, height, channels } = last;
  const animation = await encodeAnimation({
    ...{ count: frames.length, width, height, channels, pixels },
    ...{ format, delay: frameTime, scale: scaleFor(width, height, 256) },
  });
  return file(`time-lapse.${format}`, animation);
}

function evenly<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  const step = (items.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => items[Math.round(index * step)] as Item);
}
