/** The arrays of a NumPy archive (.npz), each to be read piece by piece. */
import { Problem } from "../../spec/problem.ts";
import { readDirectory, type ZipEntry } from "../zip/directory.ts";
import { namedPieces } from "../zip/entry.ts";
import { requireHonest } from "../zip/honest.ts";
import { headerBytesAtMost, parseNpyHeader, type NpyHeader } from "./header.ts";

const bytesAtMost = 2 ** 31;

/** The arrays of an archive. Throws `data.*`. */
export const arraysIn = async (path: string): Promise<ZipEntry[]> =>
  (await readDirectory(path)).filter(({ name }) => /\.npy$/i.test(name));

/** Without the folders that lie around it where somebody packed the arrays by hand. */
export const arrayName = ({ name }: ZipEntry): string =>
  name
    .slice(name.lastIndexOf("/") + 1)
    .replace(/\.npy$/i, "")
    .toLowerCase();

/** An array of an archive. */
interface Found {
  place: string;
  header: NpyHeader;
  /** Bytes of its values, by the archive's directory. */
  bytes: number;
  /** To be iterated once; whoever comes to the end has all of them and no other. */
  values: AsyncIterable<Uint8Array>;
}

/** Calls `use` with an array and closes the archive after. Throws `data.*`, naming the array. */
export async function withArray<Result>(
  path: string,
  entry: ZipEntry,
  use: (found: Found) => Promise<Result>,
): Promise<Result> {
  const place = `${path}, ${entry.name}`;
  if (entry.bytes > bytesAtMost) {
    throw new Problem(
      "data.format",
      `${place}: it has more than 2 GiB; save it as .npy, which is read piece by piece.`,
    );
  }
  requireHonest(path, [entry]);
  const pieces = namedPieces(path, entry);
  try {
    let start: Uint8Array = new Uint8Array(0);
    while (start.length < Math.min(headerBytesAtMost, entry.bytes)) {
      const next = await pieces.next();
      if (next.done) break;
      start = Buffer.concat([start, next.value]);
    }
    const header = parseNpyHeader(place, start.subarray(0, headerBytesAtMost));
    const values = async function* () {
      yield start.subarray(header.headerBytes);
      yield* pieces;
    };
    return await use({ place, header, bytes: entry.bytes - header.headerBytes, values: values() });
  } finally {
    await pieces.return(undefined);
  }
}
