/**
 * Ink on a grid of bytes: round-ended pen lines with soft edges, white (255) on black (0), as scans
 * of handwriting look once they are reduced to few pixels.
 */

/** One line: from (x, y) to (x, y) in pixels, with half the pen's width at its two ends. */
export interface Line {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
  radius0: number;
  radius1: number;
}

/**
 * Adds a line to a square `image` of `size`×`size` bytes that starts at `offset` of `pixels`.
 * `softness` is the width of the edge in pixels. Pixel (0, 0) covers x and y from 0 to 1. Where
 * lines overlap, the brighter one counts, so that crossings do not swell.
 */
export function drawLine(
  pixels: Uint8Array,
  offset: number,
  size: number,
  line: Line,
  softness: number,
): void {
  const { x0, y0, x1, y1, radius0, radius1 } = line;
  const reach = Math.max(radius0, radius1) + softness / 2;
  const left = Math.max(0, Math.floor(Math.min(x0, x1) - reach - 0.5));
  const right = Math.min(size - 1, Math.ceil(Math.max(x0, x1) + reach - 0.5));
  const top = Math.max(0, Math.floor(Math.min(y0, y1) - reach - 0.5));
  const bottom = Math.min(size - 1, Math.ceil(Math.max(y0, y1) + reach - 0.5));
  const dx = x1 - x0;
  const dy = y1 - y0;
  const perSquare = 1 / Math.max(dx * dx + dy * dy, 1e-12);
  const grow = radius1 - radius0;
  const half = softness / 2;
  for (let row = top; row <= bottom; row++) {
    const py = row + 0.5 - y0;
    for (let column = left; column <= right; column++) {
      const at = offset + row * size + column;
      const before = pixels[at] as number;
      if (before === 255) continue;
      const px = column + 0.5 - x0;
      const share = (px * dx + py * dy) * perSquare;
      const along = share < 0 ? 0 : share > 1 ? 1 : share;
      const ex = px - along * dx;
      const ey = py - along * dy;
      const outer = radius0 + along * grow + half;
      const square = ex * ex + ey * ey;
      // Most pixels lie outside; they cost no root.
      if (square >= outer * outer) continue;
      const value = (255 * (outer - Math.sqrt(square))) / softness + 0.5;
      if (value > before) pixels[at] = value > 255 ? 255 : value;
    }
  }
}
