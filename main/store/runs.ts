/** One run: stored, read, changed. What it is stored as is in run-row.ts, lists are in run-list.ts. */
import { Problem } from "../spec/problem.ts";
import type { Specification } from "../spec/specification.ts";
import { reading, storing, type Connection, type Home } from "./connection.ts";
import { existingRunFolder, writeRunDocument } from "./run-folder.ts";
import { columns, rowOf, unknownRun, type RunRow, type StoredRow } from "./run-row.ts";
import { readSideRows } from "./side-tables.ts";

export type { RunRow } from "./run-row.ts";

/** What a run starts with; it has done nothing yet. */
export type NewRun = Pick<RunRow, "id" | "name" | "status" | "dataset" | "engine" | "createdAt"> & {
  specification: Specification;
};

export type RunChanges = Partial<
  Pick<RunRow, "name" | "status" | "reason" | "code" | "engine" | "mode"> & {
    specification: Specification;
  }
>;

/** Preset and epochs are taken from the specification. Throws `run.state` when the id is taken. */
export function insertRun(home: Home, run: NewRun): RunRow {
  return storing(home, (database) => {
    const rest = { reason: null, code: null, mode: null, updatedAt: run.createdAt };
    if (!insertRunRow(database, { ...run, ...rest }))
      throw new Problem(
        "run.state",
        `There is a run «${run.id}» already; start again for a new id.`,
      );
    describeRow(home, run.id);
    return getRun(home, run.id);
  });
}

/** Part of a transaction: a run as its folder tells of it, at step 0. False when its id is taken. */
export function insertRunRow(
  database: Connection,
  run: NewRun & Pick<RunRow, "reason" | "code" | "mode" | "updatedAt">,
): boolean {
  const { id, name, status, reason, code, dataset, engine, mode, createdAt, updatedAt } = run;
  const { changes } = database
    .prepare(
      `INSERT INTO runs (id, name, preset, status, reason, code, dataset, engine, mode, epoch, step,
         epochs, seconds, createdAt, updatedAt, specification)
       VALUES (@id, @name, @preset, @status, @reason, @code, @dataset, @engine, @mode, 0, 0,
         @epochs, 0, @createdAt, @updatedAt, @specification)
       ON CONFLICT (id) DO NOTHING`,
    )
    .run({
      ...{ id, name, status, reason, code, dataset, engine, mode, createdAt, updatedAt },
      preset: run.specification.preset,
      epochs: run.specification.loop.epochs,
      specification: JSON.stringify(run.specification),
    });
  return changes === 1;
}

/** Throws `run.unknown`, also for a run that is in the bin. */
export function getRun(home: Home, id: string): RunRow {
  const row = reading(home, (database) =>
    database
      .prepare<[string], StoredRow & { deleted: 0 | 1 }>(
        `SELECT ${columns}, id IN (SELECT run FROM bin) AS deleted FROM runs WHERE id = ?`,
      )
      .get(id),
  );
  if (row === undefined) throw unknownRun(id);
  const { deleted, ...stored } = row;
  if (deleted === 1)
    throw new Problem("run.unknown", `The run ${id} is in the bin; restore it to use it again.`);
  return rowOf(stored);
}

/** As JSON of whatever version wrote it; `parseSpecification` is its door. Throws `run.unknown`. */
export function getSpecification(home: Home, id: string): unknown {
  const text = reading(home, (database) =>
    database.prepare("SELECT specification FROM runs WHERE id = ?").pluck().get(id),
  );
  if (typeof text !== "string") throw unknownRun(id);
  return JSON.parse(text);
}

/** Changes what is named and leaves the rest. Throws `run.unknown`. */
export function updateRun(home: Home, id: string, changes: RunChanges, now: number): RunRow {
  const { specification, ...plain } = changes;
  const values = {
    ...plain,
    ...(specification && {
      preset: specification.preset,
      epochs: specification.loop.epochs,
      specification: JSON.stringify(specification),
    }),
    updatedAt: now,
  };
  return storing(home, (database) => {
    // The names are those of this function's own type, never a caller's text.
    const assignments = updatable.filter((name) => Object.hasOwn(values, name));
    const set = assignments.map((name) => `${name} = @${name}`).join(", ");
    const { changes: count } = database
      .prepare(`UPDATE runs SET ${set} WHERE id = @id`)
      .run({ ...values, id });
    if (count === 0) throw unknownRun(id);
    describeRow(home, id);
    return getRun(home, id);
  });
}

const updatable = [
  "name",
  "preset",
  "status",
  "reason",
  "code",
  "engine",
  "mode",
  "epochs",
  "specification",
  "updatedAt",
];

/** Part of a transaction: the run's document says what its row says. */
export function describeRow(home: Home, id: string): void {
  if (existingRunFolder(home.folder, id) === null) return;
  const run = getRun(home, id);
  const { name, status, reason, code, dataset, engine, mode, tags, createdAt, updatedAt } = run;
  writeRunDocument(home.folder, {
    ...{ id, name, status, reason, code, dataset, engine, mode, createdAt, updatedAt },
    ...(tags.length > 0 && { tags }),
    tables: reading(home, (database) => readSideRows(database, id)),
    specification: getSpecification(home, id),
  });
}
