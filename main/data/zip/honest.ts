/** Whether files of a ZIP archive may be unpacked, by what its directory tells of them. */
import { Problem } from "../../spec/problem.ts";
import type { ZipEntry } from "./directory.ts";

const gibibyte = 1024 ** 3;
const bytesAtMost = 16 * gibibyte;
/** Pixels shrink tenfold, hardly more than a hundredfold; what shrinks so and is large is a bomb. */
const ratioAtMost = 100;
const unsuspicious = gibibyte / 4;

/** Throws `data.format` for a file that is too large, or that grows as no honest images do. */
export function requireHonest(path: string, entries: readonly ZipEntry[]): void {
  for (const { name, bytes, packedBytes } of entries) {
    const isBomb = bytes > unsuspicious && bytes > ratioAtMost * packedBytes;
    if (bytes <= bytesAtMost && !isBomb) continue;
    const size = `${(bytes / gibibyte).toFixed(1)} GiB`;
    const what = isBomb
      ? `would grow from ${(packedBytes / 1024 ** 2).toFixed(1)} MiB to ${size}, as no honest images do`
      : `has ${size}; at most ${bytesAtMost / gibibyte} GiB can be unpacked`;
    throw new Problem(
      "data.format",
      `${path}, ${name}: it ${what}. Unpack it yourself if it is right.`,
    );
  }
}
