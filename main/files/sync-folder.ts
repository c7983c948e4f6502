/** A folder is only as durable as its list of names. */
import { errorCodeOf } from "./file-problem.ts";
import type { FileSystem } from "./file-system.ts";

/** Returns when the disk has the folder's list of names, where the system can say so. */
export async function syncFolder(
  system: Pick<FileSystem, "platform" | "open">,
  folder: string,
): Promise<void> {
  // Windows has no such call; its file systems journal the rename.
  if (system.platform === "win32") return;
  const handle = await system.open(folder, "r");
  try {
    await handle.sync();
  } catch (thrown) {
    // Some network and FUSE disks cannot sync a folder, and say so by these.
    if (!["EINVAL", "ENOTSUP", "ENOSYS"].includes(errorCodeOf(thrown) ?? "")) throw thrown;
  } finally {
    await handle.close();
  }
}
