/** Where a run stands, moved as its course is stored or taken back. */
import type { Connection } from "./connection.ts";
import { encodeFloat64s } from "./float64s.ts";
import { unknownRun, type Losses } from "./run-row.ts";

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
  if (changes === 0) throw unknownRun(id);
}

/** Part of a transaction: for a run that is put back to before its first measurement. */
export function forgetLosses(database: Connection, id: string): void {
  database.prepare("UPDATE runs SET losses = NULL WHERE id = ?").run(id);
}
