/**
 * The one way by which training gets into the database. All that a session reports at once is stored
 * at once: after a crash a run stands where its row says, with all that belongs to that place.
 * The files that are named must be durable before. The run's own folder gets the same first.
 */
import { failpoint } from "../files/failpoints.ts";
import { storing, type Home } from "./connection.ts";
import { insertCheckpoint, type CheckpointRow } from "./checkpoints.ts";
import { measuredOf, recordsOf } from "./describe-run.ts";
import { insertEvent, type EventRow } from "./events.ts";
import { insertMeasurements, type MeasurementRow } from "./measurements.ts";
import type { RunRecord } from "./run-document.ts";
import { appendRunRecord } from "./run-folder.ts";
import { moveRun, type RunPlace } from "./run-place.ts";
import { getRun, type RunRow } from "./runs.ts";
import { insertSample, type SampleRow } from "./samples.ts";

export interface ProgressCommit extends RunPlace {
  runId: string;
  measurements: readonly MeasurementRow[];
  samples: readonly SampleRow[];
  checkpoint: Omit<CheckpointRow, "createdAt"> | null;
  events: readonly EventRow[];
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * Durable when it returns, with the run as it then is. Throws `run.unknown`, or `disk.full` with
 * nothing of it stored: it may be tried again as it is.
 */
export function commitProgress(home: Home, commit: ProgressCommit): RunRow {
  const { runId, now } = commit;
  const { step, epoch, seconds, losses, measurements, samples, events } = commit;
  const checkpoint = commit.checkpoint && { ...commit.checkpoint, createdAt: now };
  failpoint("commit.before");
  const run = storing(home, (database) => {
    moveRun(database, runId, { step, epoch, seconds, losses }, now);
    insertMeasurements(database, runId, measurements);
    for (const sample of samples) insertSample(database, runId, sample);
    if (checkpoint) insertCheckpoint(database, runId, checkpoint);
    for (const event of events) insertEvent(database, runId, event);
    failpoint("commit.inside");
    const record: RunRecord = {
      ...{ kind: "progress", step, epoch, seconds, at: now },
      measured: measuredOf(measurements),
      samples: [...samples],
      checkpoints: checkpoint ? [checkpoint] : [],
      events: [...events],
    };
    appendRunRecord(home.folder, runId, record, () => recordsOf(home, runId));
    failpoint("commit.recorded");
    return getRun(home, runId);
  });
  failpoint("commit.after");
  return run;
}

/** Stores something that happened to a run by itself. Throws `run.unknown`. */
export function commitEvent(home: Home, runId: string, event: EventRow): void {
  storing(home, (database) => {
    getRun(home, runId);
    insertEvent(database, runId, event);
    const record = { kind: "event", event } as const;
    appendRunRecord(home.folder, runId, record, () => recordsOf(home, runId));
  });
}
