/** Renaming where a virus scanner or an indexer may hold what was just written. */
import { renameSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { errorCodeOf } from "./file-problem.ts";
import type { FileSystem } from "./file-system.ts";

/** Waits before another try, in milliseconds: scanners hold fresh files for a moment. */
const delays = [10, 20, 40, 80, 160, 320, 640];

const passes = (platform: NodeJS.Platform, thrown: unknown): boolean =>
  platform === "win32" && ["EPERM", "EBUSY", "EACCES"].includes(errorCodeOf(thrown) ?? "");

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
      const wait = delays[attempt];
      if (!passes(system.platform, thrown) || wait === undefined) throw thrown;
      await delay(wait);
    }
  }
}

/** The same for what must be done before a transaction ends. `system` is another in tests only. */
export function renameRetriedNow(
  from: string,
  to: string,
  system: { platform: NodeJS.Platform; rename: (from: string, to: string) => void } = {
    platform: process.platform,
    rename: renameSync,
  },
): void {
  for (let attempt = 0; ; attempt++) {
    try {
      system.rename(from, to);
      return;
    } catch (thrown) {
      const wait = delays[attempt];
      if (!passes(system.platform, thrown) || wait === undefined) throw thrown;
      // Nothing else may run meanwhile, so there is nothing to give way to.
      for (const end = performance.now() + wait; performance.now() < end;);
    }
  }
}
