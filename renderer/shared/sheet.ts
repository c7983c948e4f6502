/** A batch of images as one picture: rows of `columns` images with a gap between them. */
import type { PixelBatch } from "../../main/contract/system.ts";

export interface Sheet {
  width: number;
  height: number;
  /** RGBA, row by row; gaps are transparent. */
  pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** Lays out at most `columns × rows` images; grey becomes RGB. `gap` in image pixels. */
export function sheetOf(batch: PixelBatch, columns: number, gap: number): Sheet {
  const rows = Math.ceil(batch.count / columns);
  const width = columns * (batch.width + gap) - gap;
  const height = rows * (batch.height + gap) - gap;
  const pixels = new Uint8ClampedArray(width * height * 4);
  const perImage = batch.height * batch.width;
  for (let image = 0; image < batch.count; image += 1) {
    const left = (image % columns) * (batch.width + gap);
    const top = Math.floor(image / columns) * (batch.height + gap);
    for (let pixel = 0; pixel < perImage; pixel += 1) {
      const from = (image * perImage + pixel) * batch.channels;
      const x = left + (pixel % batch.width);
      const y = top + Math.floor(pixel / batch.width);
      const to = (y * width + x) * 4;
      for (let channel = 0; channel < 3; channel += 1) {
        pixels[to + channel] = batch.pixels[from + (batch.channels === 3 ? channel : 0)] ?? 0;
      }
      pixels[to + 3] = 255;
    }
  }
  return { width, height, pixels };
}

/** The batch's first `count` images. */
export function firstOf(batch: PixelBatch, count: number): PixelBatch {
  const kept = Math.min(count, batch.count);
  const size = batch.height * batch.width * batch.channels;
  return { ...batch, count: kept, pixels: batch.pixels.subarray(0, kept * size) };
}
