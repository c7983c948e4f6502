/**
 * Which checkpoints a run keeps: the newest two, so that one may be damaged; and for looking back
 * about ten others, evenly over its epochs. A small run keeps all of its epochs.
 */
import { rm } from "node:fs/promises";
import { deleteCheckpoints, listCheckpoints, type CheckpointRow } from "../../store/checkpoints.ts";
import type { Home } from "../../store/home.ts";
import { runFile } from "../../store/layout.ts";
import { getRun } from "../../store/runs.ts";

/** The ones to drop. `epochs`: how many the run has been asked for. */
export function surplus(checkpoints: readonly CheckpointRow[], epochs: number): CheckpointRow[] {
  const every = Math.max(1, Math.ceil(epochs / 10));
  const newest = checkpoints.toSorted((a, b) => b.step - a.step).slice(0, 2);
  // The first checkpoint of an epoch's number is the one that closed it.
  const closing = new Map<number, CheckpointRow>();
  for (const checkpoint of checkpoints.toSorted((a, b) => a.step - b.step)) {
    if (!closing.has(checkpoint.epoch)) closing.set(checkpoint.epoch, checkpoint);
  }
  return checkpoints.filter(
    (checkpoint) =>
      !newest.includes(checkpoint) &&
      !(checkpoint.epoch % every === 0 && closing.get(checkpoint.epoch) === checkpoint),
  );
}

/** Forgets the surplus, then removes its files: a file without a row is only lost space. */
export async function pruneCheckpoints(home: Home, run: string): Promise<void> {
  const dropped = surplus(listCheckpoints(home, run), getRun(home, run).epochs);
  if (dropped.length === 0) return;
  deleteCheckpoints(home, run, dropped);
  for (const { file } of dropped) {
    // A file that cannot be removed now is not worth ending a run for.
    await rm(runFile(home.folder, run, file), { force: true }).catch(() => undefined);
  }
}
