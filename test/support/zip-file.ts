/** ZIP archives made byte by byte, so that their directories can lie. */
import { crc32, deflateRawSync } from "node:zlib";

export interface ZippedFile {
  name: string;
  content: Uint8Array;
  /** 8 (deflated) when not given; 0 is stored. */
  method?: number;
  flags?: number;
  /** What the directory claims instead. */
  claimed?: { bytes?: number; packedBytes?: number; crc?: number; at?: number };
}

/**
 * An archive; with `isLarge`, in the form of ZIP64: all sizes and places of the directory in its own
 * fields, and the larger record before the end.
 */
export function zipFile(files: readonly ZippedFile[], comment = "", isLarge = false): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, method = 8, flags = 0x800, claimed = {} } of files) {
    const packed = method === 8 ? deflateRawSync(content) : Buffer.from(content);
    const path = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(claimed.crc ?? crc32(content), 10);
    fields.writeUInt32LE(claimed.packedBytes ?? packed.length, 14);
    fields.writeUInt32LE(claimed.bytes ?? content.length, 18);
    fields.writeUInt16LE(path.length, 22);
    parts.push(Buffer.from("PK\x03\x04", "latin1"), fields, path, packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(isLarge ? 0xffffffff : (claimed.at ?? at), 10);
    const told = Buffer.from(fields);
    const extra = isLarge ? largeField(fields, claimed.at ?? at) : Buffer.alloc(0);
    if (isLarge) told.fill(0xff, 14, 22).writeUInt16LE(extra.length, 24);
    directory.push(Buffer.from("PK\x01\x02\x14\0", "latin1"), told, rest, path, extra);
    at += 30 + path.length + packed.length;
  }
  const end = Buffer.alloc(18);
  const bytes = Buffer.concat(directory);
  const large = isLarge ? largeEnd(files.length, bytes.length, at) : Buffer.alloc(0);
  end.writeUInt16LE(Math.min(files.length, 0xffff), 4);
  end.writeUInt16LE(Math.min(files.length, 0xffff), 6);
  end.writeUInt32LE(bytes.length, 8);
  end.writeUInt32LE(at, 12);
  end.writeUInt16LE(comment.length, 16);
  if (isLarge) end.fill(0xff, 4, 16);
  const last = Buffer.from("PK\x05\x06", "latin1");
  return Buffer.concat([...parts, bytes, large, last, end, Buffer.from(comment)]);
}

/** The field of ZIP64: a timestamp's field before it, then its own id, length and numbers. */
function largeField(fields: Buffer, at: number): Buffer {
  const field = Buffer.alloc(6 + 28);
  field.writeUInt16LE(0x5455, 0);
  field.writeUInt16LE(2, 2);
  field.writeUInt16LE(1, 6);
  field.writeUInt16LE(24, 8);
  field.writeBigUInt64LE(BigInt(fields.readUInt32LE(18)), 10);
  field.writeBigUInt64LE(BigInt(fields.readUInt32LE(14)), 18);
  field.writeBigUInt64LE(BigInt(at), 26);
  return field;
}

function largeEnd(count: number, bytes: number, at: number): Buffer {
  const record = Buffer.alloc(56 + 20);
  record.write("PK\x06\x06", "latin1");
  record.writeBigUInt64LE(44n, 4);
  for (const [place, value] of [
    [24, count],
    [32, count],
    [40, bytes],
    [48, at],
  ] as const) {
    record.writeBigUInt64LE(BigInt(value), place);
  }
  record.write("PK\x06\x07", 56, "latin1");
  record.writeBigUInt64LE(BigInt(at + bytes), 56 + 8);
  return record;
}
