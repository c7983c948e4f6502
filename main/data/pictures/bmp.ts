/**
 * BMP pictures of 24 or 32 bits a pixel without compression, the only ones still common. The sizes
 * are held against the bytes that are there before memory is taken. Leaves out palettes, run lengths
 * and alpha: the fourth byte of a pixel is padding in most files.
 * Format: «Windows GDI, Bitmap Storage», BITMAPINFOHEADER to BITMAPV5HEADER.
 */

export interface BmpPicture {
  width: number;
  height: number;
  /** RGB, row by row from the top. */
  pixels: Uint8Array;
}

const headerLengths = [40, 52, 56, 108, 124];
/** How 32-bit pixels are laid out unless masks say otherwise: blue, green, red, padding. */
const usualMasks = [0xff0000, 0xff00, 0xff];

/** The picture, or the reason why it cannot be read as a sentence without its end. */
export function decodeBmp(bytes: Uint8Array, pixelsAtMost: number): BmpPicture | string {
  if (bytes.length < 54) return "its BMP header is cut off";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = view.getUint32(14, true);
  if (!headerLengths.includes(headerLength)) return "its BMP header is of an unknown kind";
  const start = view.getUint32(10, true);
  const width = view.getInt32(18, true);
  const signedHeight = view.getInt32(22, true);
  const height = Math.abs(signedHeight);
  const bits = view.getUint16(28, true);
  const compression = view.getUint32(30, true);
  if (width < 1 || height < 1) return `its BMP header tells of ${width}×${height} pixels`;
  if (width * height > pixelsAtMost) return tooManyPixels(width, height);
  if (bits !== 24 && bits !== 32) {
    return `it is a BMP of ${bits} bits a pixel; only 24 and 32 can be read. Save it as PNG`;
  }
  if (compression !== 0 && !(compression === 3 && bits === 32 && hasUsualMasks(view))) {
    return "it is a compressed BMP; save it as PNG";
  }
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (start < 14 + headerLength || start + stride * height > bytes.length) {
    return "it is cut off or damaged";
  }
  const pixels = new Uint8Array(width * height * 3);
  const step = bits / 8;
  let to = 0;
  for (let row = 0; row < height; row++) {
    // A negative height stands for rows from the top.
    let from = start + stride * (signedHeight < 0 ? row : height - 1 - row);
    for (let column = 0; column < width; column++, from += step) {
      pixels[to++] = bytes[from + 2] as number;
      pixels[to++] = bytes[from + 1] as number;
      pixels[to++] = bytes[from] as number;
    }
  }
  return { width, height, pixels };
}

const hasUsualMasks = (view: DataView): boolean =>
  view.byteLength >= 66 && usualMasks.every((mask, i) => view.getUint32(54 + 4 * i, true) === mask);

export const tooManyPixels = (width: number, height: number): string =>
  `it claims ${width.toLocaleString("en")}×${height.toLocaleString("en")} pixels, too many to decode`;
