/**
 * IDX files, gzipped or not, which their content tells and not their name. A header is never
 * believed: the reader is given what really arrives, piece by piece, and everything that does not
 * add up is said. Nothing here takes memory by what a header claims.
 */
import { Problem } from "../spec/problem.ts";
import { withContent, type Content } from "./content.ts";
import { formatCount, parseIdxHeader, plural, type IdxHeader } from "./idx-header.ts";

export interface Idx {
  /** Number of items, then the size of one, for example [60000, 28, 28]. */
  sizes: readonly number[];
  /**
   * The bytes after the header, to be iterated once. Throws `data.format` when there are fewer or
   * more than the header claims; whoever iterates to the end has all of them and no other.
   */
  data: AsyncIterable<Uint8Array>;
}

/**
 * Calls `use` with an IDX file and closes it after. Throws `data.missing`, `data.empty` or
 * `data.format`, naming the file, what is wrong and what to do.
 */
export function withIdx<Result>(path: string, use: (idx: Idx) => Promise<Result>): Promise<Result> {
  return withContent(path, async (content) => {
    if (content.fileBytes === 0) {
      throw new Problem("data.empty", `${path} is an empty file; download or copy it again.`);
    }
    const pieces = content.pieces[Symbol.asyncIterator]();
    try {
      const { header, rest } = await readHeader(path, pieces);
      if (!content.isGzip) compareLength(path, header, content);
      return await use({ sizes: header.sizes, data: dataOf(path, header, rest, pieces) });
    } finally {
      await pieces.return?.();
    }
  });
}

async function readHeader(path: string, pieces: AsyncIterator<Uint8Array>) {
  let read: Uint8Array = new Uint8Array(0);
  for (;;) {
    const next = await pieces.next();
    if (next.done) {
      throw new Problem(
        "data.format",
        `${path}: it ends after ${plural(read.length, "byte")}, inside its header; download or copy it again.`,
      );
    }
    read = read.length === 0 ? next.value : Buffer.concat([read, next.value]);
    const header = parseIdxHeader(path, read);
    if (header) return { header, rest: read.subarray(header.headerBytes) };
  }
}

/** An uncompressed file tells its length before it is read. */
function compareLength(path: string, header: IdxHeader, { fileBytes }: Content): void {
  const dataBytes = fileBytes - header.headerBytes;
  if (dataBytes < header.dataBytes) throw tooShort(path, header, dataBytes);
  if (dataBytes > header.dataBytes) throw tooLong(path, header, dataBytes);
}

async function* dataOf(
  path: string,
  header: IdxHeader,
  rest: Uint8Array,
  pieces: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let arrived = 0;
  let piece: IteratorResult<Uint8Array, unknown> = { done: false, value: rest };
  while (!piece.done) {
    arrived += piece.value.length;
    // Said at the first byte too many: what follows may be a bomb.
    if (arrived > header.dataBytes) throw tooLong(path, header, null);
    if (piece.value.length > 0) yield piece.value;
    piece = await pieces.next();
  }
  if (arrived < header.dataBytes) throw tooShort(path, header, arrived);
}

function tooShort(path: string, { sizes, dataBytes }: IdxHeader, arrived: number): Problem {
  const claimed = sizes[0] as number;
  const whole = Math.floor(arrived / (dataBytes / claimed));
  return new Problem(
    "data.format",
    `${path}: it is cut off. Its header tells of ${plural(claimed, "item")} (${plural(dataBytes, "byte")}), ` +
      `but only ${formatCount(whole)} whole ones (${plural(arrived, "byte")}) are there; download or copy it again.`,
  );
}

function tooLong(path: string, { sizes, dataBytes }: IdxHeader, arrived: number | null): Problem {
  const excess = arrived === null ? "goes on" : `has ${plural(arrived - dataBytes, "more byte")}`;
  return new Problem(
    "data.format",
    `${path}: it ${excess} after the ${plural(sizes[0] as number, "item")} (${plural(dataBytes, "byte")}) ` +
      "that its header tells of, so header or content is wrong; download or copy it again.",
  );
}
