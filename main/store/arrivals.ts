/**
 * Runs that come from elsewhere, or from another run. Their files are gathered in `arrivals/ID/run` below
 * the data folder and checked there; then the folder moves to its place and the rows follow in one
 * transaction. What a crash leaves between these is recognised at the next start: a folder in `arrivals`
 * whose run has no row.
 */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { createFolder } from "../files/durable-folder.ts";
import { syncFolderNow } from "../files/sync-folder.ts";
import { failpoint } from "../files/failpoints.ts";
import { errorCodeOf, fileProblem } from "../files/file-problem.ts";
import { moveFolderNow } from "../files/move-folder.ts";
import type { Evaluation } from "../spec/evaluation.ts";
import type { Specification } from "../spec/specification.ts";
import { insertCheckpoint, type CheckpointRow } from "./checkpoints.ts";
import { reading, storing, type Home } from "./connection.ts";
import { describeRun } from "./describe-run.ts";
import { putEvaluation } from "./evaluations.ts";
import { insertEvent, type EventRow } from "./events.ts";
import { runFolder } from "./layout.ts";
import {
  insertMeasurements,
  lastMeasurement,
  measureColumns,
  type CheckupRow,
  type MeasurementColumns,
  type MeasurementRow,
} from "./measurements.ts";
import { moveRun } from "./run-place.ts";
import { getRun, insertRun, updateRun, type RunRow } from "./runs.ts";
import { insertSample, type SampleRow } from "./samples.ts";
import { replaceTags } from "./tags.ts";

const arrivals = (home: string): string => join(home, "arrivals");
const arrival = (home: string, id: string): string => {
  // Checks the id before it becomes part of a path.
  runFolder(home, id);
  return join(arrivals(home), id);
};

/** Whether any run, in the history or in the bin, or any folder has this id. Throws `run.unknown` for what is no id. */
export const isTaken = (home: Home, id: string): boolean =>
  existsSync(runFolder(home.folder, id)) ||
  existsSync(arrival(home.folder, id)) ||
  hasRow(home, id);

/** Creates the folder in which a run's files are gathered, with those below it, and returns it. */
export function beginArrival(home: Home, id: string): string {
  const folder = join(arrival(home.folder, id), "run");
  for (const name of ["checkpoints", "samples"]) createFolder(join(folder, name));
  return folder;
}

/** Removes what was gathered. Safe to call when nothing is there. */
export function dropArrival(home: Home, id: string): void {
  if (!hasRow(home, id)) rmSync(runFolder(home.folder, id), { recursive: true, force: true });
  rmSync(arrival(home.folder, id), { recursive: true, force: true });
}

/** At the start: removes what imports that were killed have left. Returns the ids. */
export function sweepArrivals(home: Home): string[] {
  let names: string[];
  try {
    names = readdirSync(arrivals(home.folder));
  } catch (thrown) {
    if (errorCodeOf(thrown) === "ENOENT") return [];
    throw fileProblem(thrown, arrivals(home.folder));
  }
  return names.filter((name) => {
    try {
      dropArrival(home, name);
      return true;
    } catch {
      // What cannot be an id is none of ours; what cannot be removed takes room. Neither is a reason to
      // keep the history closed.
      return false;
    }
  });
}

export interface ArrivedRun extends Pick<
  RunRow,
  "id" | "name" | "status" | "reason" | "code" | "dataset" | "engine" | "mode"
> {
  specification: Specification;
  tags?: readonly string[];
  /** Milliseconds since 1970. */
  createdAt: number;
  place: { step: number; epoch: number; seconds: number };
  measurements: MeasurementColumns;
  checkups: readonly CheckupRow[];
  samples: readonly SampleRow[];
  checkpoints: readonly CheckpointRow[];
  events: readonly EventRow[];
  evaluations?: readonly Evaluation[];
}

/**
 * Moves the gathered files to their place and stores the run, all of it or nothing. Throws `run.state`
 * when the id is taken, `disk.full` or `file.unwritable`.
 */
export const finishArrival = (home: Home, run: ArrivedRun, now: number): RunRow =>
  settleArrival(home, run.id, () => storeArrived(home, run, now));

/** The same with the rows left to `store`, which must be one transaction and may fail. */
export function settleArrival(home: Home, id: string, store: () => RunRow): RunRow {
  const [from, to] = [join(arrival(home.folder, id), "run"), runFolder(home.folder, id)];
  failpoint("import.before");
  try {
    createFolder(dirname(to));
    moveFolderNow(from, to);
    for (const parent of [dirname(from), dirname(to)]) syncFolderNow(parent);
  } catch (thrown) {
    throw fileProblem(thrown, to);
  }
  failpoint("import.moved");
  const stored = store();
  failpoint("import.after");
  try {
    rmSync(arrival(home.folder, id), { recursive: true, force: true });
  } catch {
    // The run is there; an empty folder is left to the next start.
  }
  return stored;
}

function storeArrived(home: Home, run: ArrivedRun, now: number): RunRow {
  const { id, name, status, dataset, engine, createdAt, specification } = run;
  return storing(home, (database) => {
    insertRun(home, { id, name, status, dataset, engine, createdAt, specification });
    const { reason, code, mode } = run;
    updateRun(home, id, { reason, code, mode }, now);
    insertMeasurements(database, id, rowsOf(run));
    const last = lastMeasurement(database, id);
    const losses = last && { generator: last.lossGenerator, discriminator: last.lossDiscriminator };
    moveRun(database, id, { ...run.place, losses }, now);
    for (const sample of run.samples) insertSample(database, id, sample);
    for (const checkpoint of run.checkpoints) insertCheckpoint(database, id, checkpoint);
    for (const event of run.events) insertEvent(database, id, event);
    replaceTags(database, id, run.tags ?? []);
    for (const evaluation of run.evaluations ?? []) putEvaluation(home, id, evaluation, now);
    describeRun(home, id);
    return getRun(home, id);
  });
}

function rowsOf({ measurements, checkups }: ArrivedRun): MeasurementRow[] {
  const { steps, values } = measurements;
  const checkupOf = new Map(checkups.map(({ step, checkup }) => [step, checkup]));
  return steps.map((step, index) => {
    const named = measureColumns.map((name) => [name, values[name][index]]);
    const checkup = checkupOf.get(step);
    return {
      ...{ step, values: Object.fromEntries(named) as MeasurementRow["values"] },
      ...(checkup && { checkup }),
    };
  });
}

const hasRow = (home: Home, id: string): boolean =>
  reading(home, (database) =>
    database.prepare("SELECT 1 FROM runs WHERE id = ?").pluck().get(id),
  ) === 1;
