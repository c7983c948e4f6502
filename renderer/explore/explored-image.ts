/** One image of a generator with all that is needed to draw it again, or to start from it. */
import { vectorsOfBytes, type ExploredImages } from "../../main/contract/explore.ts";
import type { PixelBatch } from "../../main/contract/system.ts";

export interface ExploredImage {
  /** A batch of one. */
  image: PixelBatch;
  vector: Float32Array<ArrayBuffer>;
  /** Its class; null for a generator that knows of none. */
  label: number | null;
  score: number;
}

/** The image at `index` of a batch, as a batch of one. */
export function imageAt(batch: PixelBatch, index: number): PixelBatch {
  const size = batch.height * batch.width * batch.channels;
  return { ...batch, count: 1, pixels: batch.pixels.slice(index * size, (index + 1) * size) };
}

export function imagesOf({ images, vectors, labels, scores }: ExploredImages): ExploredImage[] {
  const values = vectorsOfBytes(vectors);
  const size = values.length / images.count;
  return Array.from({ length: images.count }, (_, index) => ({
    image: imageAt(images, index),
    vector: values.slice(index * size, (index + 1) * size),
    label: labels?.[index] ?? null,
    score: scores[index] ?? Number.NaN,
  }));
}

/** All in one batch, in this order. Throws without images. */
export function batchOf(all: readonly ExploredImage[]): PixelBatch {
  const [first] = all;
  if (!first) throw new Error("A batch needs an image.");
  const size = first.image.pixels.length;
  const pixels = new Uint8Array(size * all.length);
  for (const [place, { image }] of all.entries()) pixels.set(image.pixels, place * size);
  return { ...first.image, count: all.length, pixels };
}

export type Order = "drawn" | "best" | "worst";

/** As they were drawn, or by D's score; what is no number comes last. */
export function sorted(all: readonly ExploredImage[], order: Order): ExploredImage[] {
  if (order === "drawn") return [...all];
  const sign = order === "best" ? -1 : 1;
  const key = ({ score }: ExploredImage) => (Number.isNaN(score) ? Infinity : sign * score);
  return all.toSorted((a, b) => key(a) - key(b));
}
