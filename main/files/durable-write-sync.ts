/**
 * Small documents, durable when the call returns: for what must be on disk before a transaction of
 * the database ends, which cannot wait. Large files are written by durable-write.ts.
 */
import { closeSync, fsyncSync, openSync, readFileSync, unlinkSync, writeSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { temporaryPathOf } from "./durable-write.ts";
import { failpoint } from "./failpoints.ts";
import { errorCodeOf, fileProblem } from "./file-problem.ts";
import { renameRetriedNow } from "./rename-retried.ts";
import { syncFolderNow } from "./sync-folder.ts";

/** The path holds the whole old content or the whole new. Throws `disk.full` or `file.unwritable`. */
export function durableWriteSync(path: string, content: string | Uint8Array): void {
  const target = resolve(path);
  const temporary = temporaryPathOf(target);
  try {
    failpoint("write.before");
    writeAndSync(temporary, "wx", content);
    failpoint("write.rename");
    renameRetriedNow(temporary, target);
    failpoint("write.renamed");
    syncFolderNow(dirname(target));
    failpoint("write.synced");
  } catch (thrown) {
    try {
      unlinkSync(temporary);
    } catch {
      // It is not there, or is swept up at the next start.
    }
    throw fileProblem(thrown, target);
  }
}

/**
 * Adds to a file that exists. After a crash a part of `content` may be there: who reads the file must
 * be able to tell. Throws `disk.full` or `file.unwritable`.
 */
export function durableAppendSync(path: string, content: string): void {
  try {
    writeAndSync(path, "a", content);
  } catch (thrown) {
    throw fileProblem(thrown, path);
  }
}

/** Puts a whole, closed file in place of another, or where there was none. */
export function durableMoveSync(from: string, to: string): void {
  try {
    renameRetriedNow(from, to);
    syncFolderNow(dirname(resolve(to)));
  } catch (thrown) {
    throw fileProblem(thrown, to);
  }
}

/** The text of a small file, or null when there is none. Throws `file.unwritable` for other errors. */
export function readTextSync(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (thrown) {
    if (["ENOENT", "ENOTDIR"].includes(errorCodeOf(thrown) ?? "")) return null;
    throw fileProblem(thrown, path);
  }
}

function writeAndSync(path: string, flags: "wx" | "a", content: string | Uint8Array): void {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  const file = openSync(path, flags, 0o600);
  try {
    const middle = bytes.length >> 1;
    writeWhole(file, bytes.subarray(0, middle));
    if (flags === "wx") failpoint("write.middle");
    writeWhole(file, bytes.subarray(middle));
    if (flags === "wx") failpoint("write.sync");
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function writeWhole(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
}
