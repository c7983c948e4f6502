/**
 * IDX files, the format of MNIST (LeCun, Cortes and Burges): a header of big-endian sizes, then
 * bytes; gzipped or not, which the content tells, not the name. A header is never believed: memory
 * is taken only for what really arrives, and everything that does not add up is said.
 */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { Problem } from "../spec/problem.ts";

export interface IdxContent {
  /** Number of items, then the size of one, for example [60000, 28, 28]. */
  sizes: number[];
}

/** Bytes that a data set may have in all. */
const largest = 8 * 1024 ** 3;
const highestRank = 4;

const damaged = (path: string, what: string): Problem =>
  new Problem("data.format", `${basename(path)} cannot be used: ${what}. (${path})`);

const format = (count: number): string => count.toLocaleString("en");

/** Whether the content starts as gzip does. Throws `data.missing` when the file cannot be read. */
async function startOf(path: string): Promise<Buffer> {
  try {
    const file = await open(path, "r");
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): Problem {
  const code = (cause as NodeJS.ErrnoException).code ?? "";
  const reason =
    { ENOENT: "there is no such file", EACCES: "it may not be read", EISDIR: "it is a folder" }[
      code
    ] ?? `the system says ${code}`;
  return new Problem("data.missing", `${path} cannot be read: ${reason}.`, { cause });
}

/** Whether a file's content may be IDX, gzipped or not. A look at its first bytes. */
export async function looksLikeIdx(path: string): Promise<boolean> {
  const start = await startOf(path);
  const isGzip = start[0] === 0x1f && start[1] === 0x8b;
  return isGzip || (start[0] === 0 && start[1] === 0 && start[2] === 8 && start.length === 4);
}

/**
 * Reads a file to its end and gives its bytes, piece by piece, to `take`. The pieces are valid only
 * during the call. Throws `data.missing` or `data.format`, naming the file and what is wrong.
 */
export async function readIdx(
  path: string,
  take: (bytes: Uint8Array, at: number, sizes: readonly number[]) => void = () => undefined,
): Promise<IdxContent> {
  const start = await startOf(path);
  const isGzip = start[0] === 0x1f && start[1] === 0x8b;
  let pending = Buffer.alloc(0);
  let arrived = 0;
  const known: { header: Header | null } = { header: null };

  const receive = (piece: Buffer): void => {
    let rest = piece;
    if (!known.header) {
      pending = Buffer.concat([pending, piece]);
      known.header = parseHeader(path, pending);
      if (!known.header) return;
      rest = pending.subarray(known.header.headerBytes);
    }
    const { sizes, bytes } = known.header;
    if (arrived + rest.length > bytes) {
      throw damaged(
        path,
        `it goes on after the ${format(bytes)} bytes that its header tells of; its header or the file is wrong`,
      );
    }
    take(rest, arrived, sizes);
    arrived += rest.length;
  };

  const source = createReadStream(path);
  const sink = async (pieces: AsyncIterable<Buffer>) => {
    for await (const piece of pieces) receive(piece);
  };
  try {
    await (isGzip ? pipeline(source, createGunzip(), sink) : pipeline(source, sink));
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    const { code = "" } = cause as NodeJS.ErrnoException;
    if (!code.startsWith("Z_")) throw unreadable(path, cause);
    const what =
      code === "Z_BUF_ERROR" ? "its gzip data ends too early" : "its gzip data is damaged";
    throw damaged(path, `${what}; download or copy it again`);
  }
  if (!known.header) throw damaged(path, "it is too short for an IDX header");
  const { sizes, bytes } = known.header;
  if (arrived < bytes) throw damaged(path, missing(sizes, arrived, bytes));
  return { sizes };
}

interface Header {
  sizes: number[];
  /** That must follow the header, and its own. */
  bytes: number;
  headerBytes: number;
}

function missing(sizes: readonly number[], arrived: number, expected: number): string {
  const items = sizes[0] as number;
  const whole = Math.floor(arrived / (expected / items));
  return `it is cut off: its header tells of ${format(items)} items, but only ${format(whole)} are there; download or copy it again`;
}

/** Null while too few bytes are there. */
function parseHeader(path: string, head: Buffer): Header | null {
  if (head.length < 4) return null;
  if (head[0] !== 0 || head[1] !== 0) {
    throw damaged(path, "it is not an IDX file (it does not begin with two zero bytes)");
  }
  if (head[2] !== 8) {
    throw damaged(path, "its values are not bytes; only IDX files of unsigned bytes can be read");
  }
  const rank = head[3] as number;
  if (rank < 1 || rank > highestRank) {
    throw damaged(path, `it has ${rank} dimensions; labels have 1, images 3 or 4`);
  }
  const headerBytes = 4 + 4 * rank;
  if (head.length < headerBytes) return null;
  const sizes = Array.from({ length: rank }, (_, axis) => head.readUInt32BE(4 + 4 * axis));
  // Numbers are exact up to 2⁵³ and only grow coarser beyond; the comparison stays right.
  const bytes = sizes.reduce((product, size) => product * size, 1);
  if (bytes === 0) throw new Problem("data.empty", `${basename(path)} holds no items. (${path})`);
  if (bytes > largest) {
    throw damaged(
      path,
      `its header tells of ${sizes.map(format).join(" × ")} bytes, more than the ${format(largest / 1024 ** 3)} GiB that can be used; the header is most likely wrong`,
    );
  }
  return { sizes, bytes, headerBytes };
}
