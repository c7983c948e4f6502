/**
 * The one way by which training gets into the database. All that a session reports at once is stored
 * at once: after a crash a run stands where its row says, with all that belongs to that place.
 * The files that are named must be durable before.
 */
import { storing, type Home } from "./connection.ts";
import { insertCheckpoint, type CheckpointRow } from "./checkpoints.ts";
import { insertEvent, type EventRow } from "./events.ts";
import { insertMeasurements, type MeasurementRow } from "./measurements.ts";
import { getRun, moveRun, type RunPlace, type RunRow } from "./runs.ts";
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
  const { step, epoch, seconds, losses } = commit;
  return storing(home, (database) => {
    moveRun(database, runId, { step, epoch, seconds, losses }, now);
    insertMeasurements(database, runId, commit.measurements);
    for (const sample of commit.samples) insertSample(database, runId, sample);
    if (commit.checkpoint)
      insertCheckpoint(database, runId, { ...commit.checkpoint, createdAt: now });
    for (const event of commit.events) insertEvent(database, runId, event);
    return getRun(home, runId);
  });
}

/** Stores something that happened to a run by itself. Throws `run.unknown`. */
export function commitEvent(home: Home, runId: string, event: EventRow): void {
  storing(home, (database) => {
    getRun(home, runId);
    insertEvent(database, runId, event);
  });
}
