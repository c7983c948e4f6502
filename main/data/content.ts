/**
 * What a file holds, piece by piece: as it lies on the disk, or gunzipped when its first bytes say
 * that it is gzip (RFC 1952), whatever its name. Nothing is inflated ahead of the reader, so a file
 * that would inflate without end costs no more memory than any other.
 */
import { constants, createGunzip } from "node:zlib";
import type { ReadStream } from "node:fs";
import { open, stat, type FileHandle } from "node:fs/promises";
import { pipeline } from "node:stream";
import { errorCodeOf } from "../files/file-problem.ts";
import { Problem } from "../spec/problem.ts";

export interface Content {
  isGzip: boolean;
  /** Length of the file on the disk. */
  fileBytes: number;
  /** To be iterated once. A piece is the reader's to keep. */
  pieces: AsyncIterable<Uint8Array>;
  /** Bytes of the file that have been read from the disk so far. */
  position: () => number;
}

const pieceBytes = 1 << 18;

const reasons: Record<string, string> = {
  ENOENT: "there is no such file or folder; check its name",
  ENOTDIR: "part of its path is a file, not a folder; check its path",
  EACCES: "you may not read it; change its permissions",
  EPERM: "you may not read it; change its permissions",
  ELOOP: "its path runs in a circle of links; name the file itself",
  ENAMETOOLONG: "its name is too long; check its path",
  EMFILE: "too many files are open; close other programs and try again",
  EIO: "the disk reported an error; copy the file to another place",
  ERR_INVALID_ARG_VALUE: "this is not a valid path; check its name",
};

/** `data.missing` for an error of the operating system; anything else comes back as it is. */
export function unreadable(thrown: unknown, path: string): unknown {
  const code = errorCodeOf(thrown);
  if (code === undefined || thrown instanceof Problem) return thrown;
  const known = reasons[code];
  if (known === undefined && !("syscall" in (thrown as Error))) return thrown;
  const reason = known ?? `the system answered ${code}; check the file`;
  return new Problem("data.missing", `${path} cannot be read: ${reason}.`, { cause: thrown });
}

/**
 * Calls `use` with the content of a file and closes the file after it, wherever the reading ended.
 * Throws `data.missing` when it cannot be read, and, while it is read, `data.format` when its gzip
 * wrapper is damaged.
 */
export async function withContent<Result>(
  path: string,
  use: (content: Content) => Promise<Result>,
): Promise<Result> {
  let file: FileHandle | undefined;
  try {
    // Asked before opening: opening a pipe would wait for its writer.
    const { size, ...kind } = await describe(path);
    if (!kind.isFile) {
      const what = kind.isFolder ? "a folder" : "a device or pipe";
      throw new Problem(
        "data.format",
        `${path} is ${what}, not a file of images; name an IDX file.`,
      );
    }
    file = await open(path, "r");
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    const isGzip = bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
    const source = file.createReadStream({ start: 0, autoClose: false, highWaterMark: pieceBytes });
    const pieces = piecesOf(path, source, isGzip);
    return await use({ isGzip, fileBytes: size, pieces, position: () => source.bytesRead });
  } catch (thrown) {
    throw unreadable(thrown, path);
  } finally {
    await file?.close();
  }
}

async function describe(path: string) {
  const found = await stat(path);
  return { size: found.size, isFile: found.isFile(), isFolder: found.isDirectory() };
}

async function* piecesOf(
  path: string,
  source: ReadStream,
  isGzip: boolean,
): AsyncGenerator<Uint8Array> {
  if (!isGzip) {
    yield* source as AsyncIterable<Uint8Array>;
    return;
  }
  const inflated = createGunzip({ chunkSize: pieceBytes, finishFlush: constants.Z_FINISH });
  // Errors of the source reach the reader through `inflated`, which `pipeline` destroys with them.
  pipeline(source, inflated, () => undefined);
  try {
    yield* inflated as AsyncIterable<Uint8Array>;
  } catch (cause) {
    if (!(errorCodeOf(cause) ?? "").startsWith("Z_")) throw cause;
    const what =
      errorCodeOf(cause) === "Z_BUF_ERROR"
        ? "its gzip data ends too early"
        : `its gzip data is damaged (${(cause as Error).message})`;
    throw new Problem("data.format", `${path}: ${what}; download or copy it again.`, { cause });
  }
}
