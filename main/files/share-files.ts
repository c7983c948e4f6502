/**
 * Gives files a second name, for files that are never changed in place: both names stay whole when
 * the other goes, and no room is taken twice. Where the disk has no links the content is copied.
 */
import { constants } from "node:fs";
import { copyFile, link, open, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { errorCodeOf, fileProblem } from "./file-problem.ts";
import { nodeFileSystem } from "./file-system.ts";
import { syncFolder } from "./sync-folder.ts";

/**
 * Durable when it resolves. What lies at a new name is replaced. Throws `disk.full` or
 * `file.unwritable`; what was shared before stays then.
 */
export async function shareFiles(files: readonly { from: string; to: string }[]): Promise<void> {
  for (const { from, to } of files) {
    try {
      await unlink(to).catch(() => undefined);
      await shareOne(from, to);
    } catch (thrown) {
      throw fileProblem(thrown, to);
    }
  }
  for (const folder of new Set(files.map(({ to }) => dirname(to))))
    await syncFolder(nodeFileSystem, folder);
}

async function shareOne(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (thrown) {
    if (errorCodeOf(thrown) === "ENOENT") throw thrown;
    await copyFile(from, to, constants.COPYFILE_FICLONE);
    const copy = await open(to, "r+");
    try {
      await copy.sync();
    } finally {
      await copy.close();
    }
  }
}
