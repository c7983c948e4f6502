/**
 * Writes a file so that after a crash or power cut its path holds the whole old content or the whole
 * new, never a part: temporary file → fsync → rename → fsync of the folder. The order is from
 * Pillai et al. 2014, «All File Systems Are Not Created Equal» (ALICE).
 * Leaves out: keeping the former file's permissions, and following a link at the path (it is replaced).
 */
import { createHash, randomBytes } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { Problem } from "../spec/problem.ts";
import { failpoint } from "./failpoints.ts";
import { errorCodeOf, fileProblem } from "./file-problem.ts";
import { nodeFileSystem, type FileSystem } from "./file-system.ts";
import { renameRetried } from "./rename-retried.ts";
import { syncFolder } from "./sync-folder.ts";

/** The bytes, whole or in pieces. They must not change until the write has ended. */
export type FileContent = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

export interface WrittenFile {
  bytes: number;
  /** Of the content, as 64 hexadecimal digits. */
  sha256: string;
}

export interface DurableWriteOptions {
  /** False refuses a path that is taken. Default: true. */
  overwrite?: boolean;
  /** For tests. */
  system?: FileSystem;
}

/** Between two pieces of this size other work gets its turn. */
const pieceBytes = 16 * 1024 * 1024;

/**
 * Resolves when the disk has the content under its name. The folder must exist.
 * Throws `disk.full`, `file.unwritable`, or `file.exists` (only when overwriting is refused); the
 * temporary file is gone then, and what was at the path is as it was. One exception: when the last
 * step, the folder's fsync, fails, the new file is whole and in place but may not outlive a power cut.
 */
export async function durableWrite(
  path: string,
  content: FileContent,
  options: DurableWriteOptions = {},
): Promise<WrittenFile> {
  const { overwrite = true, system = nodeFileSystem } = options;
  const target = resolve(path);
  const temporary = temporaryPathOf(target);
  try {
    await refuseTaken(system, target, overwrite);
    failpoint("write.before");
    const written = await writeInPlace(system, { temporary, target, content, overwrite });
    failpoint("write.renamed");
    await syncFolder(system, dirname(target));
    failpoint("write.synced");
    return written;
  } catch (thrown) {
    throw fileProblem(thrown, target);
  }
}

/**
 * Removes what killed writes of files and folders left in a folder (not below it); returns the names.
 * Call it only while nothing writes there. A folder that does not exist holds none.
 */
export async function removeStaleTemporaryFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((thrown: unknown) => {
    if (errorCodeOf(thrown) === "ENOENT") return [];
    throw fileProblem(thrown, folder);
  });
  const stale = names.filter((name) => /^\..+\.\d+-[0-9a-f]{12}\.tmp$/.test(name));
  for (const name of stale) {
    // What cannot be removed takes room and does no harm.
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined);
  }
  return stale;
}

/** The name is cut, so that a path at the system's limit can still be written. */
export function temporaryPathOf(target: string): string {
  const unique = `${process.pid.toString()}-${randomBytes(6).toString("hex")}`;
  return join(dirname(target), `.${basename(target).slice(0, 40)}.${unique}.tmp`);
}

async function refuseTaken(system: FileSystem, target: string, overwrite: boolean): Promise<void> {
  const found = await system.lstat(target).catch((thrown: unknown) => {
    if (errorCodeOf(thrown) === "ENOENT") return null;
    throw thrown;
  });
  if (found === null) return;
  if (!overwrite) throw taken(target);
  // A rename would replace a device or a socket by a file.
  if (found.isFile() || found.isSymbolicLink()) return;
  throw new Problem(
    "file.unwritable",
    `${target} cannot be written: it is not a file; choose another name.`,
  );
}

const taken = (target: string): Problem =>
  new Problem("file.exists", `${target} exists already; choose another name or remove it first.`);

interface Placement {
  temporary: string;
  target: string;
  content: FileContent;
  overwrite: boolean;
}

async function writeInPlace(system: FileSystem, placement: Placement): Promise<WrittenFile> {
  const { temporary, target, content, overwrite } = placement;
  try {
    const written = await writeAndSync(system, temporary, content);
    failpoint("write.rename");
    if (overwrite) await renameRetried(system, temporary, target);
    else await renameUntaken(system, temporary, target);
    return written;
  } catch (thrown) {
    // The first error is the one to tell; a leftover is swept up at the next start.
    await system.unlink(temporary).catch(() => undefined);
    throw thrown;
  }
}

async function writeAndSync(
  system: FileSystem,
  temporary: string,
  content: FileContent,
): Promise<WrittenFile> {
  const file = await system.open(temporary, "wx");
  try {
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      for (let start = 0; start < chunk.length; start += pieceBytes) {
        const piece = chunk.subarray(start, start + pieceBytes);
        hash.update(piece);
        let done = 0;
        while (done < piece.length) {
          done += (await file.write(piece, done, piece.length - done)).bytesWritten;
        }
      }
      bytes += chunk.length;
      failpoint("write.middle");
    }
    failpoint("write.sync");
    await file.sync();
    return { bytes, sha256: hash.digest("hex") };
  } finally {
    await file.close();
  }
}

/** A rename replaces silently; a second link to the content does not. */
async function renameUntaken(system: FileSystem, from: string, to: string): Promise<void> {
  try {
    await system.link(from, to);
  } catch (thrown) {
    const code = errorCodeOf(thrown) ?? "";
    if (code === "EEXIST") throw taken(to);
    // Some disks (FAT) have no links. There the look before the write has to do.
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(code)) throw thrown;
    await renameRetried(system, from, to);
    return;
  }
  await system.unlink(from).catch(() => undefined);
}
