/**
 * Moves a folder with all that is in it, to another disk as well: people put the folder of all runs on a
 * larger one, behind a link, and a rename does not lead from disk to disk.
 */
import { closeSync, cpSync, fsyncSync, openSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { temporaryPathOf } from "./durable-write.ts";
import { errorCodeOf } from "./file-problem.ts";
import { renameRetriedNow } from "./rename-retried.ts";
import { syncFolderNow } from "./sync-folder.ts";

/**
 * `to` must not be there, its parent must. Killed on its way it leaves `from` whole and nothing at `to`,
 * or both whole. Throws what the system says; nothing is at `to` then.
 */
export function moveFolderNow(from: string, to: string): void {
  try {
    renameRetriedNow(from, to);
  } catch (thrown) {
    if (errorCodeOf(thrown) !== "EXDEV") throw thrown;
    copyFolder(from, to);
    rmSync(from, { recursive: true, force: true });
  }
}

function copyFolder(from: string, to: string): void {
  const staging = temporaryPathOf(to);
  try {
    cpSync(from, staging, { recursive: true });
    syncAll(staging);
    renameRetriedNow(staging, to);
    syncFolderNow(dirname(to));
  } catch (thrown) {
    rmSync(staging, { recursive: true, force: true });
    throw thrown;
  }
}

function syncAll(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncAll(path);
    else if (entry.isFile()) syncFile(path);
  }
  syncFolderNow(folder);
}

function syncFile(path: string): void {
  const file = openSync(path, "r+");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
