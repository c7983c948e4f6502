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

export function zipFile(files: readonly ZippedFile[], comment = ""): Buffer {
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
    rest.writeUInt32LE(claimed.at ?? at, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\0", "latin1"), fields, rest, path);
    at += 30 + path.length + packed.length;
  }
  const end = Buffer.alloc(18);
  const bytes = Buffer.concat(directory);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(bytes.length, 8);
  end.writeUInt32LE(at, 12);
  end.writeUInt16LE(comment.length, 16);
  const last = Buffer.from("PK\x05\x06", "latin1");
  return Buffer.concat([...parts, bytes, last, end, Buffer.from(comment)]);
}
