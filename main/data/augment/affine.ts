/**
 * One image turned, scaled, moved and flipped around its centre: each new pixel is looked up in the
 * old image, between its four nearest pixels (bilinear). Enlarging and turning blur a little; making
 * an image much smaller leaves fine detail jagged, for no average over larger areas is taken.
 */
import type { ImageShape } from "../../spec/shape.ts";

/** Leads from a place in the new image, relative to its centre, to one in the old image. */
export interface Placement {
  /** Old column for one new column and one new row, then old row for the same. */
  matrix: readonly [number, number, number, number];
  /** Pixels by which the image is moved right and down. */
  right: number;
  down: number;
}

export type Background = "black" | "edge";

/** Places are whole numbers of 1/65536 pixel: an identity then copies bytes exactly. */
const one = 65_536;

/** Room for one channel, 1 black pixel above and left of it, 2 below and right; for one after another. */
export const createFrame = ({ height, width }: ImageShape): Uint8Array =>
  new Uint8Array((height + 3) * (width + 3));

function enframe(frame: Uint8Array, bytes: Uint8Array, from: number, image: ImageShape): void {
  const { height, width, channels } = image;
  for (let y = 0; y < height; y++) {
    const to = (y + 1) * (width + 3) + 1;
    let at = from + y * width * channels;
    // Faster than `set` on rows this short.
    for (let x = 0; x < width; x++, at += channels) frame[to + x] = bytes[at] as number;
  }
}

/**
 * Writes one channel of an image of `from` into the same places of `to`, changed; `offset` is the
 * byte of its first pixel. `frame`: from `createFrame`. The inner loop has one channel and whole
 * numbers only («| 0», `imul`): a loop over channels or doubles inside it double the time.
 */
export function placeChannel(
  from: Uint8Array,
  to: Uint8Array,
  offset: number,
  image: ImageShape,
  { matrix, right, down }: Placement,
  background: Background,
  frame: Uint8Array,
): void {
  enframe(frame, from, offset, image);
  const { height, width, channels } = image;
  const stride = width + 3;
  // Beyond these places nothing changes any more: there is only black, or the border pixel.
  const beyond = background === "black" ? 1 : 0;
  const low = (-beyond * one) | 0;
  const highX = ((width - 1 + beyond) * one) | 0;
  const highY = ((height - 1 + beyond) * one) | 0;
  const [a, b, c, d] = matrix;
  const stepX = Math.round(a * one) | 0;
  const stepY = Math.round(c * one) | 0;
  const centreX = (width - 1) / 2;
  const centreY = (height - 1) / 2;
  let out = offset;
  for (let y = 0; y < height; y++) {
    const u = -centreX - right;
    const v = y - centreY - down;
    let placeX = Math.round((centreX + a * u + b * v) * one) | 0;
    let placeY = Math.round((centreY + c * u + d * v) * one) | 0;
    for (let x = 0; x < width; x++, out += channels) {
      const inX = placeX < low ? low : placeX > highX ? highX : placeX;
      const inY = placeY < low ? low : placeY > highY ? highY : placeY;
      placeX = (placeX + stepX) | 0;
      placeY = (placeY + stepY) | 0;
      const shareX = (inX >> 8) & 255;
      const shareY = (inY >> 8) & 255;
      const at = (Math.imul((inY >> 16) + 1, stride) + (inX >> 16) + 1) | 0;
      const first = frame[at] as number;
      const third = frame[at + stride] as number;
      const above = (first << 8) + Math.imul((frame[at + 1] as number) - first, shareX);
      const below = (third << 8) + Math.imul((frame[at + stride + 1] as number) - third, shareX);
      to[out] = ((above << 8) + Math.imul(below - above, shareY) + 0x8000) >> 16;
    }
  }
}
