/** Small picture files made byte by byte, so that tests know every pixel and headers can lie. */
import { crc32, deflateSync } from "node:zlib";

export interface PlainPng {
  /** Of every pixel and channel. */
  value?: number;
  side?: number;
  channels?: 1 | 3;
  /** What the header claims instead. */
  claimed?: number;
}

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A PNG file of one colour, 8 bits a channel. */
export function plainPng({ value = 0, side = 10, channels = 3, claimed = side }: PlainPng): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(claimed, 0);
  header.writeUInt32BE(claimed, 4);
  header.set([8, channels === 1 ? 0 : 2], 8);
  const row = Buffer.alloc(1 + side * channels, value);
  row[0] = 0;
  const data = deflateSync(Buffer.concat(Array.from({ length: side }, () => row)));
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([
    ...[signature, chunk("IHDR", header), chunk("IDAT", data)],
    chunk("IEND", new Uint8Array(0)),
  ]);
}

/** An uncompressed BMP file; `pixels` are RGB from the top, a negative height is stored as such. */
export function bmpFile(
  width: number,
  height: number,
  bits: 24 | 32,
  pixels: ArrayLike<number>,
): Buffer {
  const rows = Math.abs(height);
  const stride = Math.ceil((width * bits) / 32) * 4;
  const file = Buffer.alloc(54 + stride * rows, 0xee);
  file.fill(0, 0, 54);
  file.write("BM", "latin1");
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(bits, 28);
  for (let row = 0; row < rows; row++) {
    const start = 54 + stride * (height < 0 ? row : rows - 1 - row);
    for (let column = 0; column < width; column++) {
      const from = (row * width + column) * 3;
      for (let channel = 0; channel < 3; channel++) {
        file[start + (column * bits) / 8 + 2 - channel] = pixels[from + channel] as number;
      }
    }
  }
  return file;
}
