/**
 * Checksums of a checkpoint's tensors alone, read piece by piece: the header holds settings that may
 * differ (epochs that were asked for later) while the weights are the same.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

export interface WeightsHash {
  /** SHA-256 of the whole file, and of what follows its header, as hexadecimal digits. */
  file: string;
  weights: string;
}

/** Null for a file that cannot be read or is no safetensors file. */
export async function weightsHash(path: string): Promise<WeightsHash | null> {
  const file = createHash("sha256");
  const weights = createHash("sha256");
  // Eight bytes tell how long the header after them is.
  let head = Buffer.alloc(0);
  let toSkip: number | null = null;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 22 })) {
      let bytes = chunk as Buffer;
      file.update(bytes);
      if (toSkip === null) {
        head = Buffer.concat([head, bytes]);
        if (head.length < 8) continue;
        toSkip = Number(head.readBigUInt64LE(0));
        bytes = head.subarray(8);
      }
      const skipped = Math.min(toSkip, bytes.length);
      toSkip -= skipped;
      weights.update(bytes.subarray(skipped));
    }
  } catch {
    return null;
  }
  return toSkip === 0 ? { file: file.digest("hex"), weights: weights.digest("hex") } : null;
}
