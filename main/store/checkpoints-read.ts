/** Which of a run's checkpoints can be used: those that are still what was written. */
import { isVerified } from "../files/read-verified.ts";
import { Problem } from "../spec/problem.ts";
import { listCheckpoints, type CheckpointRow } from "./checkpoints.ts";
import type { Home } from "./connection.ts";
import { runFile } from "./layout.ts";

export interface IntactCheckpoint {
  checkpoint: CheckpointRow;
  path: string;
  /** Newer ones that were passed over because they are damaged or missing, newest first. */
  damaged: CheckpointRow[];
}

/**
 * The newest checkpoint whose file is as it was written, at step `newest` or before it.
 * Throws `run.nocheckpoint` when none was stored, `checkpoint.damaged` when all are damaged.
 */
export async function newestIntactCheckpoint(
  home: Home,
  run: string,
  newest = Infinity,
): Promise<IntactCheckpoint> {
  const damaged: CheckpointRow[] = [];
  for (const checkpoint of listCheckpoints(home, run).reverse()) {
    if (checkpoint.step > newest) continue;
    const path = runFile(home.folder, run, checkpoint.file);
    if (await isVerified(path, checkpoint.sha256)) return { checkpoint, path, damaged };
    damaged.push(checkpoint);
  }
  if (damaged.length === 0) {
    throw new Problem(
      "run.nocheckpoint",
      `The run ${run} has no checkpoint yet; start it anew with the same specification.`,
    );
  }
  throw new Problem(
    "checkpoint.damaged",
    `All checkpoints of the run ${run} are damaged or missing; put back a copy, or start it anew.`,
  );
}
