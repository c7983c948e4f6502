/** Reading stored files back: never a byte that is not what was written. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Problem } from "../spec/problem.ts";
import { errorCodeOf } from "./file-problem.ts";

/** `what` goes on after the checkpoint's path: «is missing». */
export const damagedCheckpoint = (path: string, what: string, cause?: unknown): Problem =>
  new Problem("checkpoint.damaged", `The checkpoint ${path} ${what}. Use an earlier epoch.`, {
    cause,
  });

/** The file's bytes, whose SHA-256 must be `sha256` (hexadecimal). Throws `checkpoint.damaged`. */
export async function readVerified(path: string, sha256: string): Promise<Uint8Array> {
  const read = await readAndHash(path).catch((thrown: unknown) => {
    const code = errorCodeOf(thrown) ?? "unknown error";
    const what = code === "ENOENT" ? "is missing" : `cannot be read (${code})`;
    throw damagedCheckpoint(path, what, thrown);
  });
  if (read.sha256 !== sha256)
    throw damagedCheckpoint(path, "is not what was written: its checksum differs");
  return read.bytes;
}

const pieceBytes = 16 * 1024 * 1024;

/** Piece by piece: Node neither reads nor hashes 2 GiB at once, which a large network's state exceeds. */
async function readAndHash(path: string): Promise<{ bytes: Uint8Array; sha256: string }> {
  const file = await open(path, "r");
  try {
    const bytes = Buffer.allocUnsafeSlow((await file.stat()).size);
    const hash = createHash("sha256");
    let done = 0;
    while (done < bytes.length) {
      const length = Math.min(pieceBytes, bytes.length - done);
      const { bytesRead } = await file.read(bytes, done, length, done);
      // It was cut meanwhile; the checksum will tell.
      if (bytesRead === 0) break;
      hash.update(bytes.subarray(done, done + bytesRead));
      done += bytesRead;
    }
    return { bytes: bytes.subarray(0, done), sha256: hash.digest("hex") };
  } finally {
    await file.close();
  }
}

/** Whether a file is what was written. Read piece by piece, so that other work gets its turn. */
export async function isVerified(path: string, sha256: string): Promise<boolean> {
  const hash = createHash("sha256");
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024 }))
      hash.update(piece as Uint8Array);
  } catch (thrown) {
    if (errorCodeOf(thrown) === undefined) throw thrown;
    return false;
  }
  return hash.digest("hex") === sha256;
}
