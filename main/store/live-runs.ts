/** Runs that some process is training, or was when it died. */
import { reading, storing, type Home } from "./connection.ts";
import { columns, rowOf, type RunRow, type StoredRow } from "./run-row.ts";

const isLive = "status IN ('starting', 'running', 'paused')";

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
