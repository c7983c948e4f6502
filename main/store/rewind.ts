/** Before a run goes on from a checkpoint: what came after it is forgotten, and will come again. */
import { Problem } from "../spec/problem.ts";
import { deleteCheckpointsAfter, listCheckpoints } from "./checkpoints.ts";
import { storing, type Home } from "./connection.ts";
import { recordsOf } from "./describe-run.ts";
import { deleteEvaluationsAfter } from "./evaluations.ts";
import { deleteMeasurementsAfter, lastMeasurement } from "./measurements.ts";
import { appendRunRecord } from "./run-folder.ts";
import { forgetLosses, moveRun } from "./run-place.ts";
import { getRun, type RunRow } from "./runs.ts";
import { deleteSamplesAfter } from "./samples.ts";

/**
 * Puts a run back to its checkpoint at `step`, all at once; its files stay and are written over. The time
 * spent stays: it was spent. Throws `run.unknown`, or `run.nocheckpoint` when there is none at `step`;
 * the start, step 0, needs none.
 */
export function rewindRun(home: Home, runId: string, step: number, now: number): RunRow {
  return storing(home, (database) => {
    const { seconds } = getRun(home, runId);
    const checkpoint = listCheckpoints(home, runId).find((row) => row.step === step);
    if (!checkpoint && step > 0) {
      throw new Problem("run.nocheckpoint", `The run ${runId} has no checkpoint at step ${step}.`);
    }
    deleteMeasurementsAfter(database, runId, step);
    deleteSamplesAfter(database, runId, step);
    deleteEvaluationsAfter(database, runId, step);
    deleteCheckpointsAfter(database, runId, step);
    const last = lastMeasurement(database, runId);
    const losses = last && { generator: last.lossGenerator, discriminator: last.lossDiscriminator };
    if (losses === null) forgetLosses(database, runId);
    const epoch = checkpoint?.epoch ?? 0;
    moveRun(database, runId, { step, epoch, seconds, losses }, now);
    const record = { kind: "rewind", step, epoch, at: now } as const;
    appendRunRecord(home.folder, runId, record, () => recordsOf(home, runId));
    return getRun(home, runId);
  });
}
