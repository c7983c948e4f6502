/** The table of runs: one row each. The numbers of a run's course are in the other tables. */
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
