/**
 * Evaluations that a run's specification asks for: after an epoch is stored, a session of its own looks
 * at its checkpoint while training goes on. Where that is slower than the epochs, the newest is taken
 * and those in between are left out. A run that no longer improves is stopped where it asks for that.
 */
import { usualCount } from "../../contract/evaluations.ts";
import type { RunSummary } from "../../contract/runs.ts";
import { bestEvaluation, protocolKey, type Evaluation } from "../../spec/evaluation.ts";
import { reportOf } from "../../spec/problem.ts";
import { parseSpecification, type Specification } from "../../spec/specification.ts";
import { listCheckpoints, type CheckpointRow } from "../../store/checkpoints.ts";
import { listEvaluations } from "../../store/evaluations.ts";
import { getSpecification } from "../../store/runs.ts";
import type { ApiContext } from "../context.ts";
import { recordEvent } from "../runs/record.ts";
import { evaluate } from "./evaluate.ts";

export interface AutomaticEvaluations {
  /** Resolves when none of this run is computed or waits. Never rejects. */
  settled(id: string): Promise<void>;
}

interface Watched {
  specification: Specification;
  /** Whole epochs that it had done when it began or was resumed. */
  since: number;
  /** Whole epochs that were looked at for a checkpoint. */
  epoch: number;
  /** Held, so that it is still there when its turn comes. */
  waiting: { checkpoint: CheckpointRow; release: () => void } | null;
  working: Promise<void> | null;
}

/** Listens from now on, to runs that begin or go on. */
export function evaluateWhileTraining(context: ApiContext): AutomaticEvaluations {
  const { home, announcer, live, held, closing } = context;
  const watched = new Map<string, Watched>();

  const work = async (id: string, run: Watched): Promise<void> => {
    while (run.waiting && !closing.signal.aborted) {
      const { checkpoint, release } = run.waiting;
      run.waiting = null;
      try {
        await measure(context, id, run, checkpoint);
      } catch (thrown) {
        tell(context, id, checkpoint, thrown);
      } finally {
        release();
      }
    }
    run.working = null;
  };

  const look = (changed: RunSummary) => {
    const { id, epoch } = changed;
    const known = watched.get(id);
    // While it trains the specification is as it was; a run that goes on may have another.
    if (!live.has(id)) watched.delete(id);
    if (!live.has(id) && !known) return;
    const run = known ?? newlyWatched(context, id, epoch);
    if (live.has(id)) watched.set(id, run);
    const every = run.specification.outputs.evaluateEvery;
    if (every === null || epoch === run.epoch) return;
    run.epoch = epoch;
    if (epoch % every !== 0) return;
    const found = listCheckpoints(home, id).find((checkpoint) => checkpoint.epoch === epoch);
    if (found) {
      run.waiting?.release();
      run.waiting = { checkpoint: found, release: held.hold(id, found.step) };
    }
    if (run.working === null && run.waiting) {
      run.working = work(id, run);
      const { working } = run;
      pending.add({ id, working });
      void working.then(() => {
        for (const one of pending) if (one.working === working) pending.delete(one);
      });
    }
  };

  const pending = new Set<{ id: string; working: Promise<void> }>();
  announcer.subscribe("run.changed", look);
  return {
    async settled(id) {
      await Promise.all([...pending].filter((one) => one.id === id).map(({ working }) => working));
    },
  };
}

function newlyWatched({ home }: ApiContext, id: string, epoch: number): Watched {
  const specification = parseSpecification(getSpecification(home, id));
  return { specification, since: epoch, epoch, waiting: null, working: null };
}

async function measure(
  context: ApiContext,
  id: string,
  { specification, since }: Pick<Watched, "specification" | "since">,
  checkpoint: CheckpointRow,
): Promise<void> {
  const { home, evaluations, live } = context;
  const [measured] = await evaluations.run(id, (signal) =>
    evaluate(context, {
      ...{ id, specification, checkpoints: [checkpoint], count: usualCount, seed: 0, signal },
      ...{ features: specification.outputs.features, background: true },
    }),
  );
  const { stopAfter } = specification.outputs;
  if (!measured || stopAfter === null) return;
  const best = lastImprovement(listEvaluations(home, id), measured);
  // Who resumes a run that was stopped so wants it to try again.
  if (best === null || measured.epoch - Math.max(best, since) < stopAfter) return;
  const session = live.get(id);
  if (!session) return;
  recordEvent(
    context,
    id,
    "no improvement",
    `The Fréchet distance has not fallen since epoch ${best.toLocaleString("en")}; the run is stopped, as it asks for after ${stopAfter.toLocaleString("en")} such epochs.`,
  );
  session.send({ type: "stop" });
}

/** The epoch of the lowest Fréchet distance by the same protocol; null where there is none. */
function lastImprovement(evaluations: readonly Evaluation[], measured: Evaluation): number | null {
  const key = protocolKey(measured.protocol);
  const same = evaluations.filter(({ protocol }) => protocolKey(protocol) === key);
  return bestEvaluation(same, "frechetDistance")?.epoch ?? null;
}

/** An evaluation that fails is no reason to end a run, and none to say nothing. */
function tell(context: ApiContext, id: string, { epoch }: CheckpointRow, thrown: unknown): void {
  if (context.closing.signal.aborted) return;
  const { code, message } = reportOf(thrown);
  if (code === "evaluation.cancelled" || code === "run.unknown") return;
  try {
    const what = `Epoch ${epoch.toLocaleString("en")} was not evaluated: ${message}`;
    recordEvent(context, id, "not evaluated", what);
  } catch (further) {
    // The run may have gone, or the disk be full.
    console.error(reportOf(further).message);
  }
}
