/** From a drawing at several times the size to an image as the generator makes them. */
import type { PixelBatch } from "../../main/contract/system.ts";
import type { ImageShape } from "../../main/spec/shape.ts";

/** Canvas pixels for each pixel of the image, so that strokes get soft edges. */
export const enlargement = ({ height, width }: ImageShape): number =>
  Math.max(2, Math.floor(280 / Math.max(height, width)));

/**
 * Each pixel the mean of the square of canvas pixels that it stands for.
 *
 * @param rgba width × scale by height × scale, four bytes a pixel
 */
export function averaged(
  rgba: ArrayLike<number>,
  { height, width, channels }: ImageShape,
  scale: number,
): PixelBatch {
  const pixels = new Uint8Array(height * width * channels);
  const stride = width * scale * 4;
  for (let place = 0; place < pixels.length; place += 1) {
    const pixel = Math.floor(place / channels);
    const [row, column] = [Math.floor(pixel / width) * scale, (pixel % width) * scale];
    let sum = 0;
    for (let y = row; y < row + scale; y += 1) {
      for (let x = column; x < column + scale; x += 1) {
        sum += rgba[y * stride + x * 4 + (place % channels)] ?? 0;
      }
    }
    pixels[place] = Math.round(sum / (scale * scale));
  }
  return { count: 1, height, width, channels, pixels };
}
