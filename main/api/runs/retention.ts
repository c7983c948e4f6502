/**
 * Which checkpoints a run keeps: the newest two, so that one may be damaged; for looking back about
 * ten others, evenly over its epochs; the best, once it was evaluated; and the one that a fork began
 * from. A small run keeps all of its epochs. However it is counted, two that can be loaded stay.
 */
import { rm } from "node:fs/promises";
import { failpoint } from "../../files/failpoints.ts";
import { isVerified } from "../../files/read-verified.ts";
import { bestEvaluation } from "../../spec/evaluation.ts";
import { deleteCheckpoints, listCheckpoints, type CheckpointRow } from "../../store/checkpoints.ts";
import { listEvaluations } from "../../store/evaluations.ts";
import type { Home } from "../../store/home.ts";
import { runFile } from "../../store/layout.ts";
import { getRun } from "../../store/runs.ts";
import type { HeldCheckpoints } from "./held-checkpoints.ts";

/** Checkpoints that can be loaded, below which nothing is dropped. */
const leastLoadable = 2;

const none: ReadonlySet<number> = new Set();

/** The ones to drop. `epochs`: how many the run has been asked for. `pinned`: steps that always stay. */
export function surplus(
  checkpoints: readonly CheckpointRow[],
  epochs: number,
  pinned = none,
): CheckpointRow[] {
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
      !pinned.has(checkpoint.step) &&
      !(checkpoint.epoch % every === 0 && closing.get(checkpoint.epoch) === checkpoint),
  );
}

/**
 * Of `dropped` those that may really go: where fewer than two of the others are what was written, the
 * newest sound ones of the dropped stay. Looks into no more files than it must, the newest first.
 */
export async function droppable(
  checkpoints: readonly CheckpointRow[],
  dropped: readonly CheckpointRow[],
  isLoadable: (checkpoint: CheckpointRow) => Promise<boolean>,
): Promise<CheckpointRow[]> {
  const newestFirst = (a: CheckpointRow, b: CheckpointRow) => b.step - a.step;
  const gone = new Set(dropped);
  const kept = checkpoints.filter((checkpoint) => !gone.has(checkpoint)).sort(newestFirst);
  let loadable = 0;
  for (const checkpoint of [...kept, ...dropped.toSorted(newestFirst)]) {
    if (loadable === leastLoadable) break;
    if (!(await isLoadable(checkpoint))) continue;
    loadable++;
    gone.delete(checkpoint);
  }
  // With fewer than two sound ones in all, what is damaged is worth keeping for whoever can mend it.
  return loadable < leastLoadable ? [] : [...gone];
}

/** Steps whose checkpoints stay whatever their age. */
function pinnedSteps(home: Home, run: string): ReadonlySet<number> {
  const best = bestEvaluation(listEvaluations(home, run), "frechetDistance");
  const { parent } = getRun(home, run);
  return new Set([best?.step, parent?.step].filter((step) => step !== undefined));
}

/**
 * Forgets the surplus, then removes its files: a file without a row is only lost space. To be called
 * when the newest checkpoint is durable and stored, never before.
 */
export async function pruneCheckpoints(
  home: Home,
  run: string,
  held: Pick<HeldCheckpoints, "isHeld">,
): Promise<void> {
  const checkpoints = listCheckpoints(home, run);
  const isFree = ({ step }: CheckpointRow) => !held.isHeld(run, step);
  const surplusOnes = surplus(checkpoints, getRun(home, run).epochs, pinnedSteps(home, run)).filter(
    isFree,
  );
  if (surplusOnes.length === 0) return;
  const pathOf = ({ file }: CheckpointRow) => runFile(home.folder, run, file);
  const found = await droppable(checkpoints, surplusOnes, (checkpoint) =>
    isVerified(pathOf(checkpoint), checkpoint.sha256),
  );
  const dropped = found.filter(isFree);
  if (dropped.length === 0) return;
  failpoint("prune.before");
  deleteCheckpoints(home, run, dropped);
  failpoint("prune.forgotten");
  for (const checkpoint of dropped) {
    // A file that cannot be removed now is not worth ending a run for.
    await rm(pathOf(checkpoint), { force: true }).catch(() => undefined);
    failpoint("prune.between");
  }
}
