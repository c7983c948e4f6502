/**
 * A folder is only as durable as its list of names. Two forms: one that waits beside other work, and
 * one for the store, whose transactions wait for nothing else.
 */
import { closeSync, fsyncSync, openSync } from "node:fs";
import { errorCodeOf } from "./file-problem.ts";
import type { FileSystem, OpenFile } from "./file-system.ts";

/** Returns when the disk has the folder's list of names, where the system can say so. */
export async function syncFolder(
  system: Pick<FileSystem, "platform" | "open">,
  folder: string,
): Promise<void> {
  // Windows has no such call; its file systems journal the rename.
  if (system.platform === "win32") return;
  let handle: OpenFile;
  try {
    handle = await system.open(folder, "r");
  } catch (thrown) {
    unlessUnreadable(thrown);
    return;
  }
  try {
    await handle.sync().catch(unlessUnable);
  } finally {
    await handle.close();
  }
}

/** The same at once. What was created, renamed or removed in the folder outlives a power cut. */
export function syncFolderNow(folder: string): void {
  if (process.platform === "win32") return;
  let descriptor: number;
  try {
    descriptor = openSync(folder, "r");
  } catch (thrown) {
    unlessUnreadable(thrown);
    return;
  }
  try {
    fsyncSync(descriptor);
  } catch (thrown) {
    unlessUnable(thrown);
  } finally {
    closeSync(descriptor);
  }
}

/** A folder may let one create in it without letting one read it. */
function unlessUnreadable(thrown: unknown): void {
  if (errorCodeOf(thrown) !== "EACCES") throw thrown;
}

/** Some network and FUSE disks cannot sync a folder, and say so by these. */
function unlessUnable(thrown: unknown): void {
  if (!["EINVAL", "ENOTSUP", "ENOSYS"].includes(errorCodeOf(thrown) ?? "")) throw thrown;
}
