/** Checkpoints: which were stored durably, and what their bytes must add up to. */
import { reading, storing, type Connection, type Home } from "./connection.ts";
import type { Table } from "./table.ts";

export const checkpoints: Table = {
  name: "checkpoints",
  migrations: [
    {
      version: 4,
      sql: `
        CREATE TABLE checkpoints (
          run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
          step INTEGER NOT NULL,
          epoch INTEGER NOT NULL,
          file TEXT NOT NULL,
          bytes INTEGER NOT NULL,
          sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
          createdAt INTEGER NOT NULL,
          PRIMARY KEY (run, step)
        ) STRICT, WITHOUT ROWID;
      `,
    },
  ],
};

export interface CheckpointRow {
  step: number;
  /** Whole epochs done. */
  epoch: number;
  /** Path below the run's folder, with forward slashes. */
  file: string;
  bytes: number;
  sha256: string;
  /** Milliseconds since 1970. */
  createdAt: number;
}

/** Part of a transaction. A step that was saved before is replaced: its file was written again. */
export function insertCheckpoint(database: Connection, run: string, row: CheckpointRow): void {
  database
    .prepare(
      `INSERT OR REPLACE INTO checkpoints
       VALUES (@run, @step, @epoch, @file, @bytes, @sha256, @createdAt)`,
    )
    .run({ ...row, run });
}

/** By step: the newest is last. */
export function listCheckpoints(home: Home, run: string): CheckpointRow[] {
  return reading(home, (database) =>
    database
      .prepare<[string], CheckpointRow>(
        `SELECT step, epoch, file, bytes, sha256, createdAt
         FROM checkpoints WHERE run = ? ORDER BY step`,
      )
      .all(run),
  );
}

/** Part of a transaction: forgets the checkpoints after `step`. */
export function deleteCheckpointsAfter(database: Connection, run: string, step: number): void {
  database.prepare("DELETE FROM checkpoints WHERE run = ? AND step > ?").run(run, step);
}

/** Forgets these, all at once. For pruning: remove a file only after its row is gone. */
export function deleteCheckpoints(
  home: Home,
  run: string,
  dropped: readonly Pick<CheckpointRow, "step">[],
): void {
  storing(home, (database) => {
    const remove = database.prepare("DELETE FROM checkpoints WHERE run = ? AND step = ?");
    for (const { step } of dropped) remove.run(run, step);
  });
}
