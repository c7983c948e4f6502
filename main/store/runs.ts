/** Runs: one row each, with where it stands. The numbers of its course are in the other tables. */
import { Problem, type ProblemCode } from "../spec/problem.ts";
import type { Specification } from "../spec/specification.ts";
import { reading, storing, type Connection, type Home } from "./connection.ts";
import { familyColumns, familyOf, type GroupName, type Parent } from "./family.ts";
import { decodeFloat64s, encodeFloat64s } from "./float64s.ts";
import { existingRunFolder, writeRunDocument } from "./run-folder.ts";
import { readSideRows } from "./side-tables.ts";
import type { Table } from "./table.ts";

export const runs: Table = {
  name: "runs",
  migrations: [
    {
      version: 1,
      // The specification is last: lists read the columns before it without reading it.
      sql: `
        CREATE TABLE runs (
          id TEXT NOT NULL PRIMARY KEY,
          name TEXT NOT NULL,
          preset TEXT,
          status TEXT NOT NULL CHECK (status IN
            ('starting', 'running', 'paused', 'finished', 'stopped', 'interrupted', 'failed')),
          reason TEXT,
          dataset TEXT NOT NULL,
          engine TEXT,
          epoch INTEGER NOT NULL,
          step INTEGER NOT NULL,
          epochs INTEGER NOT NULL,
          losses BLOB,
          seconds REAL NOT NULL,
          createdAt INTEGER NOT NULL,
          updatedAt INTEGER NOT NULL,
          specification TEXT NOT NULL
        ) STRICT;
        CREATE INDEX runsNewestFirst ON runs (createdAt DESC, id DESC);
        CREATE INDEX runsLive ON runs (status) WHERE status IN ('starting', 'running', 'paused');
      `,
    },
    { version: 8, sql: "ALTER TABLE runs ADD COLUMN mode TEXT;" },
    { version: 9, sql: "ALTER TABLE runs ADD COLUMN code TEXT;" },
    {
      version: 11,
      // All that lists search, filter and sort by, so that they need not read the long rows.
      sql: `
        DROP INDEX runsNewestFirst;
        CREATE INDEX runsNewestFirst ON runs
          (createdAt DESC, id DESC, name, preset, dataset, status, step, seconds);
      `,
    },
  ],
};

export type RunStatus =
  "starting" | "running" | "paused" | "finished" | "stopped" | "interrupted" | "failed";

/** Operation by operation, or each step as one native graph. */
type TrainingMode = "eager" | "compiled";

interface Losses {
  generator: number;
  discriminator: number;
}

/** A run but for its specification, which may be long. */
export interface RunRow {
  id: string;
  name: string;
  preset: string | null;
  status: RunStatus;
  /** Why it ended, as a sentence, where that needs one. */
  reason: string | null;
  /** The problem that it failed with; null for other ends, and for runs from before this was kept. */
  code: ProblemCode | null;
  dataset: string;
  engine: string | null;
  /** How it computes; null until it has begun, and for runs from before this was kept. */
  mode: TrainingMode | null;
  /** Whole epochs and steps done and stored. */
  epoch: number;
  step: number;
  /** Epochs asked for. */
  epochs: number;
  /** The last measured; any number, NaN and infinities too. */
  losses: Losses | null;
  /** Time spent training, over all sittings. */
  seconds: number;
  /** Step of the newest sheet of samples; null before the first. */
  newestSample: number | null;
  /** The run that it was forked from; null for a run of its own. */
  parent: Parent | null;
  /** The group of seeds that it belongs to. */
  group: GroupName | null;
  /** Runs that were forked from it, those in the bin left out. */
  forks: number;
  /** Milliseconds since 1970. */
  createdAt: number;
  updatedAt: number;
}

/** What a run starts with; it has done nothing yet. */
export type NewRun = Pick<RunRow, "id" | "name" | "status" | "dataset" | "engine" | "createdAt"> & {
  specification: Specification;
};

export type RunChanges = Partial<
  Pick<RunRow, "name" | "status" | "reason" | "code" | "engine" | "mode"> & {
    specification: Specification;
  }
>;

export type StoredRow = Omit<RunRow, "losses" | "parent" | "group"> & {
  losses: Uint8Array | null;
  family: string | null;
};

/** What a row is read with. The newest sheet is looked up in the samples' own key. */
export const columns = `id, name, preset, status, reason, code, dataset, engine, mode, epoch, step,
  epochs, losses, seconds, createdAt, updatedAt,
  (SELECT max(step) FROM samples WHERE run = runs.id) AS newestSample,
  ${familyColumns}`;

const isLive = "status IN ('starting', 'running', 'paused')";

export function rowOf({ losses, family, ...stored }: StoredRow): RunRow {
  const [generator, discriminator] = losses === null ? [] : decodeFloat64s(losses);
  const row = { ...stored, ...familyOf(family) };
  return generator === undefined || discriminator === undefined
    ? { ...row, losses: null }
    : { ...row, losses: { generator, discriminator } };
}

const unknown = (id: string): Problem =>
  new Problem("run.unknown", `There is no run «${id.slice(0, 80)}».`);

/** Preset and epochs are taken from the specification. Throws `run.state` when the id is taken. */
export function insertRun(home: Home, run: NewRun): RunRow {
  return storing(home, (database) => {
    const inserted = database
      .prepare(
        `INSERT INTO runs (id, name, preset, status, dataset, engine, epoch, step, epochs, seconds,
           createdAt, updatedAt, specification)
         VALUES (@id, @name, @preset, @status, @dataset, @engine, 0, 0, @epochs, 0,
           @createdAt, @createdAt, @specification)
         ON CONFLICT (id) DO NOTHING`,
      )
      .run({
        ...run,
        preset: run.specification.preset,
        epochs: run.specification.loop.epochs,
        specification: JSON.stringify(run.specification),
      });
    if (inserted.changes === 0)
      throw new Problem(
        "run.state",
        `There is a run «${run.id}» already; start again for a new id.`,
      );
    describeRow(home, run.id);
    return getRun(home, run.id);
  });
}

/** Part of a transaction: a run as its folder tells of it, at step 0. */
export function insertRunRow(
  database: Connection,
  run: NewRun & Pick<RunRow, "reason" | "code" | "mode" | "updatedAt">,
): void {
  const { id, name, status, reason, code, dataset, engine, mode, createdAt, updatedAt } = run;
  database
    .prepare(
      `INSERT INTO runs (id, name, preset, status, reason, code, dataset, engine, mode, epoch, step,
         epochs, seconds, createdAt, updatedAt, specification)
       VALUES (@id, @name, @preset, @status, @reason, @code, @dataset, @engine, @mode, 0, 0,
         @epochs, 0, @createdAt, @updatedAt, @specification)`,
    )
    .run({
      ...{ id, name, status, reason, code, dataset, engine, mode, createdAt, updatedAt },
      preset: run.specification.preset,
      epochs: run.specification.loop.epochs,
      specification: JSON.stringify(run.specification),
    });
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
  if (row === undefined) throw unknown(id);
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
  if (typeof text !== "string") throw unknown(id);
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
    if (count === 0) throw unknown(id);
    describeRow(home, id);
    return getRun(home, id);
  });
}

/** Part of a transaction: the run's document says what its row says. */
export function describeRow(home: Home, id: string): void {
  if (existingRunFolder(home.folder, id) === null) return;
  const { name, status, reason, code, dataset, engine, mode, createdAt, updatedAt } = getRun(
    home,
    id,
  );
  writeRunDocument(home.folder, {
    ...{ id, name, status, reason, code, dataset, engine, mode, createdAt, updatedAt },
    tables: reading(home, (database) => readSideRows(database, id)),
    specification: getSpecification(home, id),
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

export interface RunPlace {
  step: number;
  epoch: number;
  seconds: number;
  /** The last measured; null when nothing was measured since the run's last move. */
  losses: Losses | null;
}

/**
 * Part of a transaction: moves a run to where it now stands; losses that are null stay as they were.
 * Throws `run.unknown`.
 */
export function moveRun(database: Connection, id: string, place: RunPlace, now: number): void {
  const { losses, ...rest } = place;
  const encoded = losses && encodeFloat64s([losses.generator, losses.discriminator]);
  const { changes } = database
    .prepare(
      `UPDATE runs SET step = @step, epoch = @epoch, seconds = @seconds,
         losses = coalesce(@encoded, losses), updatedAt = @now WHERE id = @id`,
    )
    .run({ ...rest, encoded, now, id });
  if (changes === 0) throw unknown(id);
}

/** Part of a transaction: for a run that is put back to before its first measurement. */
export function forgetLosses(database: Connection, id: string): void {
  database.prepare("UPDATE runs SET losses = NULL WHERE id = ?").run(id);
}

/** Runs that some process is, or was, training. */
export function listLive(home: Home): RunRow[] {
  const rows = reading(home, (database) =>
    database
      .prepare<[], StoredRow>(`SELECT ${columns} FROM runs WHERE ${isLive} ORDER BY createdAt, id`)
      .all(),
  );
  return rows.map(rowOf);
}

/**
 * Every run that a dead process left live becomes `interrupted`; returns them as they now are. For the
 * start, when the folder's lock says that no process of an earlier sitting is left.
 */
export function interruptLive(home: Home, now: number): RunRow[] {
  return storing(home, (database) => {
    // Not through the runs' documents: a folder that cannot be written must not keep the whole
    // history closed, and a document that says «running» is read as interrupted.
    const live = listLive(home);
    database
      .prepare(`UPDATE runs SET status = 'interrupted', reason = ?, updatedAt = ? WHERE ${isLive}`)
      .run(interruption, now);
    return live.map((run) => ({
      ...run,
      status: "interrupted",
      reason: interruption,
      updatedAt: now,
    }));
  });
}

const interruption = "GAN Studio ended before the run did; resume it from its last checkpoint.";
