/**
 * Creates folders that outlive a power cut: a new folder is only as durable as its entry in its
 * parent, so each parent that gained one is synced.
 */
import { mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { errorCodeOf, fileProblem } from "./file-problem.ts";
import { syncFolderNow } from "./sync-folder.ts";

/**
 * Creates `path` and what is missing above it, readable by this user alone (0700). An existing folder
 * stays as it is. Throws `disk.full` or `file.unwritable`.
 */
export function createFolder(path: string): void {
  const folder = resolve(path);
  try {
    // Not by mkdir's own recursive option: where the system refuses a new folder as «not found»
    // (/proc), that never returns.
    for (const missing of missingFolders(folder)) {
      createOne(missing);
      syncFolderNow(dirname(missing));
    }
  } catch (thrown) {
    throw fileProblem(thrown, folder);
  }
}

/** The uppermost first. Throws when the path leads through a file. */
function missingFolders(folder: string): string[] {
  const missing: string[] = [];
  for (let path = folder; ; path = dirname(path)) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory()) return missing;
    if (found) throw notFolder(path);
    missing.unshift(path);
    if (path === dirname(path)) return missing;
  }
}

function createOne(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (thrown) {
    // Another program may have been faster.
    if (errorCodeOf(thrown) !== "EEXIST" || !statSync(path).isDirectory()) throw thrown;
  }
}

const notFolder = (path: string): Error =>
  Object.assign(new Error(`${path} is not a folder`), { code: "ENOTDIR" });
