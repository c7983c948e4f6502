/** The first work on an opened data folder: what a crash left behind is put in order. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { removeStaleTemporaryFiles } from "../files/durable-write.ts";
import { storing, type Home } from "./connection.ts";
import { insertEvent } from "./events.ts";
import { runFolders } from "./layout.ts";
import { Problem } from "../spec/problem.ts";
import { interruptLive, listLive } from "./live-runs.ts";
import type { RunRow } from "./run-row.ts";

/**
 * Sweeps up unfinished files and marks the runs that were live as `interrupted`, with an event; returns
 * them. Only live runs can have unfinished checkpoints and sheets, so of the others the folder itself is
 * looked at alone. Call it before any run starts. Killed on its way, it does the rest next time.
 */
export async function recoverRuns(home: Home, now: number): Promise<RunRow[]> {
  for (const name of [".", "runs", "bin"]) await sweep(join(home.folder, name));
  const runs = join(home.folder, "runs");
  // Also of runs that were killed before they had a row.
  for (const id of existsSync(runs) ? readdirSync(runs) : []) await sweep(join(runs, id));
  for (const { id } of listLive(home)) await sweepRun(home, id);
  return storing(home, (database) => {
    const interrupted = interruptLive(home, now);
    for (const { id, step, reason } of interrupted) {
      insertEvent(database, id, { at: now, step, kind: "interrupted", detail: reason ?? "" });
    }
    return interrupted;
  });
}

/** Removes what a killed session left in a run's folders. Only while none writes there. */
export async function sweepRun(home: Home, id: string): Promise<void> {
  for (const folder of foldersOf(home, id)) await sweep(folder);
}

/** A folder that cannot be read, or is none, must keep nothing closed: what lies in it takes room alone. */
const sweep = (folder: string): Promise<unknown> =>
  removeStaleTemporaryFiles(folder).catch(() => undefined);

/** A run whose id is none has no folder to sweep; it must not keep the whole history closed. */
function foldersOf(home: Home, id: string): string[] {
  try {
    return runFolders(home.folder, id);
  } catch (thrown) {
    if (thrown instanceof Problem) return [];
    throw thrown;
  }
}
