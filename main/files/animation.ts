/** Images of one size as one file that plays without end. Pixels keep their values; enlarging repeats them. */
import sharp from "sharp";
import type { ImageBatch } from "./npy.ts";

interface Animation extends ImageBatch {
  format: "gif" | "webp";
  /** Milliseconds that each image is shown, one for each. */
  delays: readonly number[];
  /** Pixels drawn for each pixel, in both directions. */
  scale: number;
}

/** WebP without loss; GIF with up to 256 colours, which is all that grey images have. */
export async function encodeAnimation(animation: Animation): Promise<Uint8Array> {
  const { count, format, delays, scale } = animation;
  const width = animation.width * scale;
  const pageHeight = animation.height * scale;
  const frames = sharp(enlarged(animation), {
    // The format knows no grey frames, so that all are given as RGB.
    raw: { width, height: pageHeight * count, channels: 3, pageHeight },
    limitInputPixels: false,
  });
  const times = { loop: 0, delay: [...delays] };
  const encoded = format === "gif" ? frames.gif(times) : frames.webp({ ...times, lossless: true });
  const buffer = await encoded.toBuffer();
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

/** RGB, each pixel repeated in both directions. */
function enlarged({ count, height, width, channels, pixels, scale }: Animation): Uint8Array {
  const [rows, columns] = [count * height, width * scale];
  const large = new Uint8Array(rows * scale * columns * 3);
  for (let row = 0; row < rows; row++) {
    const start = row * scale * columns * 3;
    for (let column = 0; column < columns; column++) {
      const from = (row * width + Math.floor(column / scale)) * channels;
      for (let channel = 0; channel < 3; channel++) {
        large[start + column * 3 + channel] = pixels[from + (channels === 3 ? channel : 0)] ?? 0;
      }
    }
    for (let copy = 1; copy < scale; copy++) {
      large.copyWithin(start + copy * columns * 3, start, start + columns * 3);
    }
  }
  return large;
}
