/**
 * Images as a NumPy file. Format: «NumPy enhancement proposal 1», version 1.0. Writes only; bytes only.
 */

export interface ImageBatch {
  count: number;
  height: number;
  width: number;
  channels: number;
  /** One byte a value, in image, row, column, channel order. */
  pixels: Uint8Array;
}

/** A `.npy` file of uint8, shape (count, height, width, channels). Throws `RangeError` when the sizes and bytes disagree. */
export function encodeNpy(batch: ImageBatch): Uint8Array {
  const shape = [batch.count, batch.height, batch.width, batch.channels];
  const size = shape.reduce((product, length) => product * length, 1);
  if (!shape.every((length) => Number.isInteger(length) && length >= 0))
    throw new RangeError(`Sizes must be whole numbers, not ${shape.join("×")}.`);
  if (size !== batch.pixels.length)
    throw new RangeError(
      `${shape.join("×")} images need ${size} bytes, not ${batch.pixels.length}.`,
    );
  const description = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(", ")}), }`;
  const preamble = 10;
  // The data starts at a multiple of 64, and the header ends in a line feed.
  const dataStart = Math.ceil((preamble + description.length + 1) / 64) * 64;
  const header = `${description.padEnd(dataStart - preamble - 1)}\n`;
  const file = new Uint8Array(dataStart + size);
  file.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0]);
  new DataView(file.buffer).setUint16(8, header.length, true);
  file.set(new TextEncoder().encode(header), preamble);
  file.set(batch.pixels, dataStart);
  return file;
}
