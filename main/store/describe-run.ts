/**
 * A run's record as the database has it: for runs that came into their folder otherwise than by
 * training, and for those from before folders described themselves.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { reportOf } from "../spec/problem.ts";
import { listCheckpoints } from "./checkpoints.ts";
import { reading, type Home } from "./connection.ts";
import { listEvents } from "./events.ts";
import { bytesOfMeasurement, readMeasuredBytes, type MeasurementRow } from "./measurements.ts";
import type { RunRecord } from "./run-document.ts";
import { documentName, existingRunFolder, recordName, writeRunRecord } from "./run-folder.ts";
import { describeRow, getRun } from "./runs.ts";
import { listSamples } from "./samples.ts";

/** Measurements of one line. */
const rowsAtOnce = 5000;

/**
 * Writes `run.json` and `record.jsonl` anew from the database. To be called after a run's rows were
 * written otherwise than by `insertRun`, `updateRun`, `commitProgress`, `commitEvent`, `rewindRun`.
 * Does nothing for a run without a folder. Throws `run.unknown`, `disk.full`, `file.unwritable`.
 */
export function describeRun(home: Home, id: string): void {
  const folder = existingRunFolder(home.folder, id);
  if (folder === null) return;
  writeRunRecord(folder, recordsOf(home, id));
  describeRow(home, id);
}

/**
 * The same for every run whose folder does not tell of itself yet. With the first that cannot be told of,
 * as a sentence, or null: one folder must not keep the whole history closed.
 */
export function describeAll(home: Home): string | null {
  const runs = join(home.folder, "runs");
  if (!existsSync(runs)) return null;
  let failure: string | null = null;
  const known = reading(home, (database) =>
    database.prepare("SELECT 1 FROM runs WHERE id = ? AND id NOT IN (SELECT run FROM bin)").pluck(),
  );
  for (const id of readdirSync(runs)) {
    const isDescribed = [documentName, recordName].every((name) =>
      existsSync(join(runs, id, name)),
    );
    if (isDescribed || known.get(id) !== 1) continue;
    try {
      describeRun(home, id);
    } catch (thrown) {
      failure ??= `The run ${id} cannot be described in its own folder, from which a lost list of runs is made anew. ${reportOf(thrown).message}`;
    }
  }
  return failure;
}

export const measuredOf = (rows: readonly MeasurementRow[]) => ({
  steps: rows.map(({ step }) => step),
  values: rows.map((row) => Buffer.from(bytesOfMeasurement(row)).toString("base64")),
});

/** The whole course of a run. */
export function* recordsOf(home: Home, id: string): Iterable<RunRecord> {
  const { step, epoch, seconds, updatedAt: at } = getRun(home, id);
  const place = { kind: "progress", step, epoch, seconds, at } as const;
  const none = { samples: [], checkpoints: [], events: [] };
  for (let after = -1; ;) {
    const rows = readMeasuredBytes(home, id, after, rowsAtOnce);
    const last = rows.at(-1);
    if (!last) break;
    [after] = last;
    const steps = rows.map(([of]) => of);
    const values = rows.map(([, bytes]) => bytes.toString("base64"));
    yield { ...place, measured: { steps, values }, ...none };
  }
  yield {
    ...place,
    measured: { steps: [], values: [] },
    samples: listSamples(home, id),
    checkpoints: listCheckpoints(home, id),
    events: listEvents(home, id),
  };
}
