/** Samples: the sheets of images that were drawn for a run. The sheets themselves are files. */
import { reading, type Connection, type Home } from "./connection.ts";
import type { Table } from "./table.ts";

export const samples: Table = {
  name: "samples",
  migrations: [
    {
      version: 3,
      sql: `
        CREATE TABLE samples (
          run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
          step INTEGER NOT NULL,
          epoch INTEGER NOT NULL,
          closesEpoch INTEGER NOT NULL CHECK (closesEpoch IN (0, 1)),
          count INTEGER NOT NULL,
          columns INTEGER NOT NULL,
          file TEXT NOT NULL,
          bytes INTEGER NOT NULL,
          sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
          PRIMARY KEY (run, step)
        ) STRICT, WITHOUT ROWID;
      `,
    },
  ],
};

export interface SampleRow {
  step: number;
  /** Whole epochs done when it was drawn. */
  epoch: number;
  /** True when it closes an epoch, false when it was asked for at a step. */
  closesEpoch: boolean;
  /** Images on the sheet, and its columns. */
  count: number;
  columns: number;
  /** Path below the run's folder, with forward slashes. */
  file: string;
  bytes: number;
  sha256: string;
}

type StoredRow = Omit<SampleRow, "closesEpoch"> & { closesEpoch: number };

/** Part of a transaction. A step that was drawn before is replaced. */
export function insertSample(database: Connection, run: string, row: SampleRow): void {
  database
    .prepare(
      `INSERT OR REPLACE INTO samples
       VALUES (@run, @step, @epoch, @closesEpoch, @count, @columns, @file, @bytes, @sha256)`,
    )
    .run({ ...row, run, closesEpoch: row.closesEpoch ? 1 : 0 });
}

/** By step. */
export function listSamples(home: Home, run: string): SampleRow[] {
  const rows = reading(home, (database) =>
    database
      .prepare<[string], StoredRow>(
        `SELECT step, epoch, closesEpoch, count, columns, file, bytes, sha256
         FROM samples WHERE run = ? ORDER BY step`,
      )
      .all(run),
  );
  return rows.map((row) => ({ ...row, closesEpoch: row.closesEpoch === 1 }));
}

/** Part of a transaction: forgets the sheets after `step`, which will be drawn again. */
export function deleteSamplesAfter(database: Connection, run: string, step: number): void {
  database.prepare("DELETE FROM samples WHERE run = ? AND step > ?").run(run, step);
}
