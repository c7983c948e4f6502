/** IDX files as bytes, right or wrong, for tests. */

/** `type`: 8 for unsigned bytes. */
export function idxFile(sizes: number[], content: Uint8Array, type = 8): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header[2] = type;
  header[3] = sizes.length;
  for (const [axis, size] of sizes.entries()) header.writeUInt32BE(size, 4 + 4 * axis);
  return Buffer.concat([header, content]);
}
