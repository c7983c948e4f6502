/** Renaming where a virus scanner or an indexer may hold what was just written. */
import { setTimeout as delay } from "node:timers/promises";
import { errorCodeOf } from "./file-problem.ts";
import type { FileSystem } from "./file-system.ts";

/** Waits before another try, in milliseconds: scanners hold fresh files for a moment. */
const delays = [10, 20, 40, 80, 160, 320, 640];

/** Throws what the system says, on Windows after 1.3 seconds of trying. */
export async function renameRetried(
  system: Pick<FileSystem, "platform" | "rename">,
  from: string,
  to: string,
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await system.rename(from, to);
      return;
    } catch (thrown) {
      const passes = ["EPERM", "EBUSY", "EACCES"].includes(errorCodeOf(thrown) ?? "");
      const wait = delays[attempt];
      if (system.platform !== "win32" || !passes || wait === undefined) throw thrown;
      await delay(wait);
    }
  }
}
