/**
 * Writes a folder of files so that after a crash, a full disk or a power cut its path holds all of it or
 * nothing: a hidden folder beside it → files, each synced → sync of the folders → rename → sync of the
 * parent. What was there before is moved aside first and comes back when the rename fails. A crash just
 * between these two renames leaves it beside, whole, as `.NAME.former-…tmp`, which nothing removes.
 */
import { randomBytes } from "node:crypto";
import { lstat, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { Problem } from "../spec/problem.ts";
import { createFolder } from "./durable-folder.ts";
import { errorCodeOf, fileProblem } from "./file-problem.ts";
import type { OpenFile } from "./file-system.ts";
import { renameRetried } from "./rename-retried.ts";
import { syncFolder } from "./sync-folder.ts";

/** The file operations of it; tests let each of them fail. */
export interface FolderSystem {
  platform: NodeJS.Platform;
  open(path: string, flags: string): Promise<OpenFile>;
  mkdir(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** With all that it holds; nothing to do where there is none. */
  remove(path: string): Promise<void>;
}

const nodeFolderSystem: FolderSystem = {
  platform: process.platform,
  open,
  rename,
  // Not by its recursive option: where the system refuses a folder as «not found» (/proc), that never
  // returns.
  mkdir: (path) => mkdir(path),
  remove: (path) => rm(path, { recursive: true, force: true }),
};

export interface FolderFile {
  /** Below the folder, with forward slashes. */
  path: string;
  content: Uint8Array;
}

/** What may be done with a folder that is there already, by the names in it. */
export type MayReplace = (names: readonly string[]) => boolean;

/**
 * Durable when it resolves. An empty folder may always be written to. Throws `file.exists`, `disk.full`
 * or `file.unwritable`; then nothing of it is left, and what was there is as it was. One exception: when
 * the last step, the parent's sync, fails, the new folder is whole and in place but may not outlive a
 * power cut.
 */
export async function writeFolder(
  path: string,
  files: readonly FolderFile[],
  mayReplace: MayReplace = () => false,
  system: FolderSystem = nodeFolderSystem,
): Promise<void> {
  const target = resolve(path);
  const unique = `${process.pid.toString()}-${randomBytes(6).toString("hex")}.tmp`;
  const beside = (what: string) =>
    join(dirname(target), `.${basename(target).slice(0, 40)}.${what}${unique}`);
  const [staging, former] = [beside(""), beside("former-")];
  try {
    const isThere = await requireFree(target, mayReplace);
    createFolder(dirname(target));
    await writeAll(system, staging, files);
    if (isThere) await renameRetried(system, target, former);
    try {
      await renameRetried(system, staging, target);
    } catch (thrown) {
      if (isThere) await putBack(system, former, target);
      throw thrown;
    }
    // The new one stands; what cannot be removed of the old one is only in the way.
    await system.remove(former).catch(() => undefined);
    await syncFolder(system, dirname(target));
  } catch (thrown) {
    await system.remove(staging).catch(() => undefined);
    throw fileProblem(thrown, target);
  }
}

/**
 * Whether a folder stands there, that may be replaced; false for a free place. Throws `file.exists`, or
 * what `mayReplace` throws.
 */
export async function requireFree(target: string, mayReplace: MayReplace): Promise<boolean> {
  const found = await lstat(target).catch((thrown: unknown) => {
    if (errorCodeOf(thrown) === "ENOENT") return null;
    throw thrown;
  });
  if (found === null) return false;
  const taken = (what: string) => new Problem("file.exists", `${target} ${what}.`);
  if (!found.isDirectory())
    throw taken("is a file, and a folder is to be written; choose another name");
  const names = await readdir(target);
  if (names.length === 0 || mayReplace(names)) return true;
  throw taken("exists already; choose another name or remove it first");
}

/** Nobody finds a hidden folder whose name is not told. */
async function putBack(system: FolderSystem, former: string, target: string): Promise<void> {
  try {
    await renameRetried(system, former, target);
  } catch (cause) {
    throw new Problem(
      "file.unwritable",
      `${target} cannot be written, and what was there is now in ${former}: rename it back.`,
      { cause },
    );
  }
}

async function writeAll(
  system: FolderSystem,
  staging: string,
  files: readonly FolderFile[],
): Promise<void> {
  const folders = new Set([staging]);
  await system.mkdir(staging);
  for (const { path, content } of files) {
    const full = resolve(staging, path);
    if (!full.startsWith(staging + sep))
      throw new RangeError(`${path} lies outside of the folder.`);
    for (const folder of foldersOf(staging, full)) {
      if (!folders.has(folder)) await system.mkdir(folder);
      folders.add(folder);
    }
    const file = await system.open(full, "wx");
    try {
      let done = 0;
      while (done < content.length) {
        done += (await file.write(content, done, content.length - done)).bytesWritten;
      }
      await file.sync();
    } finally {
      await file.close();
    }
  }
  for (const folder of [...folders].reverse()) await syncFolder(system, folder);
}

/** Those between the staging folder and a file in it, the uppermost first. */
function foldersOf(staging: string, file: string): string[] {
  const found: string[] = [];
  for (let folder = dirname(file); folder.length > staging.length; folder = dirname(folder)) {
    found.unshift(folder);
  }
  return found;
}
