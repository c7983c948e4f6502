/** Events: what happened to a run, in the order in which it was stored. */
import { reading, type Connection, type Home } from "./connection.ts";
import type { Table } from "./table.ts";

export const events: Table = {
  name: "events",
  migrations: [
    {
      version: 5,
      sql: `
        CREATE TABLE events (
          id INTEGER NOT NULL PRIMARY KEY,
          run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
          at INTEGER NOT NULL,
          step INTEGER NOT NULL,
          kind TEXT NOT NULL,
          detail TEXT NOT NULL
        ) STRICT;
        CREATE INDEX eventsOfRun ON events (run, id);
      `,
    },
  ],
};

export interface EventRow {
  /** Milliseconds since 1970. */
  at: number;
  step: number;
  /** «started», «paused», «failed»… */
  kind: string;
  detail: string;
}

/** Part of a transaction. */
export function insertEvent(database: Connection, run: string, row: EventRow): void {
  database
    .prepare("INSERT INTO events (run, at, step, kind, detail) VALUES (?, ?, ?, ?, ?)")
    .run(run, row.at, row.step, row.kind, row.detail);
}

/** In the order in which they were stored; a clock that was set back does not change it. */
export function listEvents(home: Home, run: string): EventRow[] {
  return reading(home, (database) =>
    database
      .prepare<[string], EventRow>(
        "SELECT at, step, kind, detail FROM events WHERE run = ? ORDER BY id",
      )
      .all(run),
  );
}
