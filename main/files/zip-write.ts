/**
 * The frame of a ZIP archive whose files are stored as they are: what stands before each file, and
 * the directory behind the last. Sizes and checksums are known before, so that the frame can be
 * written, or any part of it read, in any order; archives and files may be larger than 4 GiB (ZIP64).
 * Leaves out packing: what is stored here (float32 values, PNG) hardly shrinks.
 * Format: APPNOTE.TXT 6.3.10 of PKWARE, sections 4.3 and 4.5.3.
 */

export interface StoredFile {
  /** Path with forward slashes. */
  name: string;
  bytes: number;
  /** CRC-32 of the content, as `zlib.crc32` has it. */
  crc: number;
}

export interface ZipFrame {
  /** What stands before the content of each file, in the files' order. */
  heads: Uint8Array[];
  /** What stands behind the content of the last file. */
  tail: Uint8Array;
  /** Of the whole archive. */
  bytes: number;
}

/** What 32 and 16 bits hold; these very values say «see the larger field». */
const large = 0xffffffff;
const many = 0xffff;

const utf8Names = 0x0800;
/** Unix, a regular file that its owner reads and writes and others read. */
const madeByUnix = 3 << 8;
const attributes = (0o100644 << 16) >>> 0;

/** `at`: the time that all files carry, in UTC, to two seconds; ZIP knows the years 1980 to 2107. */
export function zipFrame(files: readonly StoredFile[], at: Date): ZipFrame {
  const heads: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const file of files) {
    const fields = commonFields(file, at);
    const head = headOf(file, fields);
    heads.push(head);
    directory.push(recordOf(file, fields, offset));
    offset += head.length + file.bytes;
  }
  const records = Buffer.concat(directory);
  const tail = Buffer.concat([records, endOf(files.length, records.length, offset)]);
  return { heads, tail, bytes: offset + tail.length };
}

/** What head and directory record share: version to name length, 24 bytes. */
function commonFields({ name, bytes, crc }: StoredFile, at: Date): Buffer {
  const fields = Buffer.alloc(24);
  fields.writeUInt16LE(45, 0);
  fields.writeUInt16LE(utf8Names, 2);
  fields.writeUInt32LE(moment(at), 6);
  fields.writeUInt32LE(crc, 10);
  const size = Math.min(bytes, large);
  fields.writeUInt32LE(size, 14);
  fields.writeUInt32LE(size, 18);
  fields.writeUInt16LE(Buffer.byteLength(name), 22);
  return fields;
}

function headOf({ name, bytes }: StoredFile, fields: Buffer): Buffer {
  const extra = bytes >= large ? largeField([bytes, bytes]) : Buffer.alloc(0);
  const length = Buffer.alloc(2);
  length.writeUInt16LE(extra.length);
  return Buffer.concat([Buffer.from("PK\x03\x04"), fields, length, Buffer.from(name), extra]);
}

function recordOf({ name, bytes }: StoredFile, fields: Buffer, offset: number): Buffer {
  const sizes = [...(bytes >= large ? [bytes, bytes] : []), ...(offset >= large ? [offset] : [])];
  const extra = sizes.length > 0 ? largeField(sizes) : Buffer.alloc(0);
  const start = Buffer.from("PK\x01\x02\0\0");
  start.writeUInt16LE(madeByUnix | 45, 4);
  const rest = Buffer.alloc(16);
  rest.writeUInt16LE(extra.length, 0);
  rest.writeUInt32LE(attributes, 8);
  rest.writeUInt32LE(Math.min(offset, large), 12);
  return Buffer.concat([start, fields, rest, Buffer.from(name), extra]);
}

function largeField(values: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + values.length * 8);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(values.length * 8, 2);
  for (const [index, value] of values.entries())
    field.writeBigUInt64LE(BigInt(value), 4 + index * 8);
  return field;
}

function endOf(count: number, bytes: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(Math.min(count, many), 8);
  end.writeUInt16LE(Math.min(count, many), 10);
  end.writeUInt32LE(Math.min(bytes, large), 12);
  end.writeUInt32LE(Math.min(offset, large), 16);
  if (count < many && bytes < large && offset < large) return end;
  return Buffer.concat([largeEnd(count, bytes, offset), end]);
}

function largeEnd(count: number, bytes: number, offset: number): Buffer {
  const record = Buffer.alloc(56 + 20);
  record.write("PK\x06\x06", "latin1");
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(madeByUnix | 45, 12);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(bytes), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  record.write("PK\x06\x07", 56, "latin1");
  record.writeBigUInt64LE(BigInt(offset + bytes), 64);
  record.writeUInt32LE(1, 72);
  return record;
}

/** MS-DOS time in the lower half, date in the upper. */
function moment(at: Date): number {
  const year = Math.min(Math.max(at.getUTCFullYear(), 1980), 2107);
  const date = ((year - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  return ((date << 16) | time) >>> 0;
}
