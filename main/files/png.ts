/** Grids of images as PNG files, and back. Pixels keep their exact values; enlarging repeats them. */
import sharp from "sharp";
import { Problem } from "../spec/problem.ts";
import type { ImageBatch } from "./npy.ts";

export interface Sheet extends ImageBatch {
  /** Images in a row; the last row may be short, its empty cells are black. */
  columns: number;
  /** Pixels drawn for each pixel, in both directions. Default: 1. */
  scale?: number;
  /** Black pixels between two images, not enlarged. Default: 0. */
  gap?: number;
}

/** A sheet above this many bytes would not fit the memory it passes through. */
const sheetLimit = 2 ** 28;

/** Throws `usage` when the sheet would be too large, `RangeError` when its sizes make no sense. */
export async function sheetPng(sheet: Sheet): Promise<Uint8Array> {
  const canvas = drawSheet(sheet);
  const { width, height, channels } = canvas;
  const image = sharp(canvas.pixels, {
    raw: { width, height, channels: channels === 1 ? 1 : 3 },
    limitInputPixels: false,
  }).png({ compressionLevel: 7 });
  // Without this one grey channel would be written as three.
  const buffer = await (channels === 1 ? image.toColourspace("b-w") : image).toBuffer();
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

/** One image of a PNG file: 1 channel when it is grey, else as the file has them, one byte each. */
export async function decodePng(
  png: Uint8Array,
): Promise<{ height: number; width: number; channels: number; pixels: Uint8Array }> {
  const image = sharp(png);
  const { space } = await image.metadata();
  const plain = space === "b-w" ? image.toColourspace("b-w") : image;
  const { data, info } = await plain.raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return { width, height, channels, pixels: new Uint8Array(data) };
}

function drawSheet(sheet: Sheet) {
  const { count, columns, channels, pixels, scale = 1, gap = 0 } = sheet;
  checkSheet(sheet);
  const [cellHeight, cellWidth] = [sheet.height * scale, sheet.width * scale];
  const rows = Math.ceil(count / columns);
  const width = columns * cellWidth + (columns - 1) * gap;
  const height = rows * cellHeight + (rows - 1) * gap;
  if (width * height * channels > sheetLimit) {
    throw new Problem(
      "usage",
      `A sheet of ${width}×${height} pixels is too large to draw; ask for fewer images or a smaller scale.`,
    );
  }
  const canvas = new Uint8Array(width * height * channels);
  const stride = width * channels;
  for (let image = 0; image < count; image++) {
    const left = (image % columns) * (cellWidth + gap) * channels;
    const top = Math.floor(image / columns) * (cellHeight + gap);
    for (let row = 0; row < sheet.height; row++) {
      const from = (image * sheet.height + row) * sheet.width * channels;
      const to = (top + row * scale) * stride + left;
      for (let column = 0; column < cellWidth; column++) {
        const source = from + Math.floor(column / scale) * channels;
        for (let channel = 0; channel < channels; channel++) {
          canvas[to + column * channels + channel] = pixels[source + channel] ?? 0;
        }
      }
      for (let copy = 1; copy < scale; copy++) {
        canvas.copyWithin(to + copy * stride, to, to + cellWidth * channels);
      }
    }
  }
  return { width, height, channels, pixels: canvas };
}

function checkSheet(sheet: Sheet): void {
  const { count, height, width, channels, pixels, columns, scale = 1, gap = 0 } = sheet;
  const isSize = (value: number) => Number.isInteger(value) && value >= 1;
  const sizes = { count, height, width, channels, columns, scale };
  for (const [name, value] of Object.entries(sizes)) {
    if (!isSize(value))
      throw new RangeError(`${name} must be a whole number from 1, not ${value}.`);
  }
  if (!isSize(gap + 1)) throw new RangeError(`gap must be a whole number from 0, not ${gap}.`);
  if (channels !== 1 && channels !== 3)
    throw new RangeError(`Images have 1 or 3 channels, not ${channels}.`);
  const size = count * height * width * channels;
  if (pixels.length !== size)
    throw new RangeError(
      `${count} images of ${height}×${width}×${channels} need ${size} bytes, not ${pixels.length}.`,
    );
}
