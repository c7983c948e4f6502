/** Between bytes, 0 to 255, and the range that networks see, −1 to 1. */

/** Image after image: bytes as they are stored, or numbers in [−1, 1]. */
export type Pixels = Uint8Array | Float32Array;

const unitValues = Float32Array.from({ length: 256 }, (_, byte) => byte / 127.5 - 1);

/** x / 127.5 − 1 */
export function toUnitRange(bytes: Uint8Array): Float32Array<ArrayBuffer> {
  const values = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) values[i] = unitValues[bytes[i] as number] as number;
  return values;
}

/** The nearest byte; values outside [−1, 1] are cut, and what is no number is black. */
export function toBytes(values: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(values.length);
  for (let i = 0; i < values.length; i++) bytes[i] = ((values[i] as number) + 1) * 127.5;
  return new Uint8Array(bytes.buffer);
}
