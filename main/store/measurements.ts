/**
 * Measurements: one row a measured step, its values in one blob, in the order of `measureColumns`.
 */
import { checkupMeasures, type Checkup } from "../spec/doctor/checkup.ts";
import { reading, type Connection, type Home } from "./connection.ts";
import { decodeFloat64s, encodeFloat64s } from "./float64s.ts";
import type { Table } from "./table.ts";

export const measurements: Table = {
  name: "measurements",
  migrations: [
    {
      version: 2,
      sql: `
        CREATE TABLE measurements (
          run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
          step INTEGER NOT NULL,
          measured BLOB NOT NULL,
          PRIMARY KEY (run, step)
        ) STRICT, WITHOUT ROWID;
      `,
    },
  ],
};

/**
 * Places in the blob. The places are what is stored, not the names. Behind them are those of a checkup,
 * in rows that have one: a further measure would have to stand behind these.
 */
export const measureColumns = [
  "lossGenerator",
  "lossDiscriminator",
  "scoreReal",
  "scoreGenerated",
  "gradientNormGenerator",
  "gradientNormDiscriminator",
  "learningRateGenerator",
  "learningRateDiscriminator",
] as const;

export type MeasureColumn = (typeof measureColumns)[number];

/** One measured step; any number may be NaN or infinite. */
export interface MeasurementRow {
  step: number;
  values: Readonly<Record<MeasureColumn, number>>;
  checkup?: Readonly<Checkup>;
}

/** By column: `values[m][i]` was measured at `steps[i]`. */
export interface MeasurementColumns {
  steps: number[];
  values: Record<MeasureColumn, number[]>;
}

/** Part of a transaction. A step that was stored before is replaced: it was trained again. */
export function insertMeasurements(
  database: Connection,
  run: string,
  rows: readonly MeasurementRow[],
): void {
  const insert = database.prepare("INSERT OR REPLACE INTO measurements VALUES (?, ?, ?)");
  for (const row of rows) insert.run(run, row.step, bytesOfMeasurement(row));
}

/** A row's values as they are stored. */
export function bytesOfMeasurement({ values, checkup }: MeasurementRow): Uint8Array {
  const measured = measureColumns.map((name) => values[name]);
  const found = checkup ? checkupMeasures.map((name) => checkup[name]) : [];
  return encodeFloat64s([...measured, ...found]);
}

/** Part of a transaction: values as they are stored, of one step. */
export function insertMeasuredBytes(
  database: Connection,
  run: string,
  step: number,
  bytes: Uint8Array,
): void {
  database.prepare("INSERT OR REPLACE INTO measurements VALUES (?, ?, ?)").run(run, step, bytes);
}

type StoredRow = [step: number, measured: Buffer];

/** Those with step > `after` (default: all), by step. A column that is younger than its row is NaN. */
export function readMeasurements(home: Home, run: string, after = -1): MeasurementColumns {
  // All rows at once: an iterator over as many takes about twice the time.
  const rows = reading(home, (database) =>
    database
      .prepare<[string, number], StoredRow>(
        "SELECT step, measured FROM measurements WHERE run = ? AND step > ? ORDER BY step",
      )
      .raw()
      .all(run, after),
  );
  return columnsOf(rows);
}

/** At most `count` rows with step > `after` as they are stored, by step. */
export const readMeasuredBytes = (
  home: Home,
  run: string,
  after: number,
  count: number,
): [step: number, bytes: Buffer][] =>
  reading(home, (database) =>
    database
      .prepare<[string, number, number], StoredRow>(
        "SELECT step, measured FROM measurements WHERE run = ? AND step > ? ORDER BY step LIMIT ?",
      )
      .raw()
      .all(run, after, count),
  );

/** Those of `steps`, by step; a step that was not measured is left out. */
export function readMeasurementsAt(
  home: Home,
  run: string,
  steps: readonly number[],
): MeasurementColumns {
  const rows = reading(home, (database) =>
    database
      .prepare<[string, string], StoredRow>(
        `SELECT step, measured FROM measurements
         WHERE run = ? AND step IN (SELECT value FROM json_each(?)) ORDER BY step`,
      )
      .raw()
      .all(run, JSON.stringify(steps)),
  );
  return columnsOf(rows);
}

function columnsOf(rows: readonly StoredRow[]): MeasurementColumns {
  const columnOf = (index: number): number[] =>
    rows.map(([, measured]) =>
      measured.length < (index + 1) * 8 ? NaN : measured.readDoubleLE(index * 8),
    );
  const values = measureColumns.map((name, index) => [name, columnOf(index)]);
  return {
    steps: rows.map(([step]) => step),
    values: Object.fromEntries(values) as Record<MeasureColumn, number[]>,
  };
}

/** The values of the last measured step, or null when there is none. */
export function lastMeasurement(
  database: Connection,
  run: string,
): Record<MeasureColumn, number> | null {
  const measured = database
    .prepare("SELECT measured FROM measurements WHERE run = ? ORDER BY step DESC LIMIT 1")
    .pluck()
    .get(run) as Uint8Array | undefined;
  if (measured === undefined) return null;
  const values = decodeFloat64s(measured);
  const named = measureColumns.map((name, index) => [name, values[index] ?? NaN]);
  return Object.fromEntries(named) as Record<MeasureColumn, number>;
}

/** Part of a transaction: forgets the steps after `step`, which will be trained again. */
export function deleteMeasurementsAfter(database: Connection, run: string, step: number): void {
  database.prepare("DELETE FROM measurements WHERE run = ? AND step > ?").run(run, step);
}

export interface CheckupRow {
  step: number;
  checkup: Checkup;
}

/** Those with step > `after` (default: all), by step. What is younger than its row is NaN. */
export function readCheckups(home: Home, run: string, after = -1): CheckupRow[] {
  const first = measureColumns.length;
  const rows = reading(home, (database) =>
    database
      .prepare<[string, number, number], StoredRow>(
        "SELECT step, measured FROM measurements WHERE run = ? AND step > ? AND length(measured) > ? ORDER BY step",
      )
      .raw()
      .all(run, after, first * 8),
  );
  return rows.map(([step, measured]) => {
    const values = decodeFloat64s(measured);
    const named = checkupMeasures.map((name, index) => [name, values[first + index] ?? NaN]);
    return { step, checkup: Object.fromEntries(named) as Checkup };
  });
}

/** The step behind which a run has at most `rows` measurements: −1 where it has no more in all. */
export function stepBeforeLast(home: Home, run: string, rows: number): number {
  const step = reading(home, (database) =>
    database
      .prepare("SELECT step FROM measurements WHERE run = ? ORDER BY step DESC LIMIT 1 OFFSET ?")
      .pluck()
      .get(run, rows),
  );
  return typeof step === "number" ? step : -1;
}
