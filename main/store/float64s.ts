/**
 * Numbers as bytes, eight each, little-endian. SQLite's own columns lose some: NaN becomes NULL, −0
 * becomes 0; and a run that diverges must be able to say so.
 */

export function encodeFloat64s(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) view.setFloat64(index * 8, value, true);
  return bytes;
}

/** Bytes after the last whole number are left out. */
export function decodeFloat64s(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.byteLength / 8) }, (_, index) =>
    view.getFloat64(index * 8, true),
  );
}
