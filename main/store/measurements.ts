/**
 * Measurements: one row a measured step, its values in one blob, in the order of `measureColumns`.
 */
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

/** Places in the blob. Only ever add at the end: the places are what is stored, not the names. */
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
  for (const { step, values } of rows) {
    insert.run(run, step, encodeFloat64s(measureColumns.map((name) => values[name])));
  }
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
