/** Evaluates checkpoints in a session of its own; each is stored as soon as it is done, then announced. */
import type { Evaluation } from "../../spec/evaluation.ts";
import { Problem } from "../../spec/problem.ts";
import type { Specification } from "../../spec/specification.ts";
import { newestIntactCheckpoint } from "../../store/checkpoints-read.ts";
import { listCheckpoints, type CheckpointRow } from "../../store/checkpoints.ts";
import { putEvaluation } from "../../store/evaluations.ts";
import { cacheFolder, runFile } from "../../store/layout.ts";
import type { FromSession } from "../../training/messages.ts";
import type { ApiContext } from "../context.ts";
import { version } from "../system/version.ts";
import { typedPath } from "../typed-path.ts";

export interface EvaluationRequest {
  id: string;
  specification: Specification;
  checkpoints: readonly CheckpointRow[];
  count: number;
  seed: number;
  /** A file whose features to compare by; null for the data set's own network. */
  features: string | null;
  /** While the run trains. */
  background: boolean;
  signal: AbortSignal;
}

/** With what was measured. Throws what the session throws, or the signal's reason. */
export async function evaluate(
  { home, oneShots, announcer, held, now }: ApiContext,
  { id, specification, checkpoints, count, seed, features, background, signal }: EvaluationRequest,
): Promise<Evaluation[]> {
  const measured: Evaluation[] = [];
  const failure = new AbortController();
  const job = {
    ...({ kind: "evaluate", engine: "auto" } as const),
    ...{ specification, count, seed, background, product: version },
    features: features === null ? null : typedPath(features),
    cache: cacheFolder(home.folder),
    checkpoints: checkpoints.map(({ step, epoch, sha256, file }) => ({
      ...{ step, epoch, sha256 },
      path: runFile(home.folder, id, file),
    })),
  };
  const onMessage = (message: FromSession) => {
    // What comes after a call-off is as true as what came before, but nobody waits for it.
    if (signal.aborted || failure.signal.aborted) return;
    if (message.type === "evaluating") {
      announcer.announce("run.evaluating", { id, ...message.progress });
    }
    if (message.type !== "measured") return;
    const { evaluation } = message;
    try {
      putEvaluation(home, id, evaluation, now());
    } catch (thrown) {
      // A full disk, or a run that has gone: what is still to come would be lost too.
      failure.abort(thrown);
      return;
    }
    measured.push(evaluation);
    announcer.announce("run.evaluated", { id, evaluation });
  };
  const either = AbortSignal.any([signal, failure.signal]);
  // Real images are looked at first, which may take minutes.
  const steps = checkpoints.map(({ step }) => step);
  await held.during(id, steps, () => oneShots.run(job, "evaluated", { signal: either, onMessage }));
  return measured;
}

/** The newest intact one, or the one that closed `epoch`. Throws `run.nocheckpoint` or `checkpoint.damaged`. */
export async function checkpointOf(
  { home }: ApiContext,
  id: string,
  epoch: number | undefined,
): Promise<CheckpointRow> {
  if (epoch === undefined) return (await newestIntactCheckpoint(home, id)).checkpoint;
  const kept = listCheckpoints(home, id);
  // Of several checkpoints in it, the first closed it.
  const first = kept.find((checkpoint) => checkpoint.epoch === epoch);
  if (first) return first;
  const epochs = [...new Set(kept.map((checkpoint) => checkpoint.epoch))].join(", ");
  throw new Problem(
    "run.nocheckpoint",
    `The run ${id} keeps no checkpoint of epoch ${epoch}. It has: ${epochs || "none yet"}.`,
  );
}

/** One an epoch: the first. */
export function checkpointsByEpoch({ home }: ApiContext, id: string): CheckpointRow[] {
  const byEpoch = new Map<number, CheckpointRow>();
  for (const checkpoint of listCheckpoints(home, id)) {
    if (!byEpoch.has(checkpoint.epoch)) byEpoch.set(checkpoint.epoch, checkpoint);
  }
  return [...byEpoch.values()];
}
