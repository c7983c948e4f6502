/**
 * Where runs come from: forks from another run, members of a group of seeds. A table of its own, so
 * that lists need not read a run's long row. The parent is no foreign key: it may be deleted for good,
 * and its children stay whole, with a copy of the past that they share.
 */
import { storing, type Connection, type Home } from "./connection.ts";
import type { Table } from "./table.ts";

export const family: Table = {
  name: "family",
  migrations: [
    {
      version: 12,
      sql: `
        CREATE TABLE family (
          run TEXT NOT NULL PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
          parent TEXT,
          step INTEGER,
          epoch INTEGER,
          seedGroup TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX familyOfParent ON family (parent, run) WHERE parent IS NOT NULL;
        CREATE INDEX familyOfGroup ON family (seedGroup, run) WHERE seedGroup IS NOT NULL;
        CREATE TABLE seedGroups (
          id TEXT NOT NULL PRIMARY KEY,
          name TEXT NOT NULL,
          seeds TEXT NOT NULL,
          ending TEXT,
          createdAt INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE sittings (
          run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
          at INTEGER NOT NULL,
          step INTEGER NOT NULL,
          surroundings TEXT NOT NULL,
          PRIMARY KEY (run, at, step)
        ) STRICT, WITHOUT ROWID;
      `,
    },
  ],
};

export interface Parent {
  run: string;
  /** The last step, and the whole epochs, that both have in common. */
  step: number;
  epoch: number;
}

export interface GroupName {
  id: string;
  name: string;
  /** Runs that it has, those in the bin left out. */
  runs: number;
}

const inHistory = "run NOT IN (SELECT run FROM bin)";

/** What `columns` of `runs.ts` selects: as one JSON text, so that it is looked up once a row. */
export const familyColumns = `(SELECT json_array(parent, family.step, family.epoch, seedGroups.id,
    seedGroups.name,
    (SELECT count(*) FROM family AS others WHERE others.seedGroup = seedGroups.id AND ${inHistory}))
    FROM family LEFT JOIN seedGroups ON seedGroups.id = seedGroup WHERE run = runs.id) AS family,
  (SELECT count(*) FROM family WHERE parent = runs.id AND ${inHistory}) AS forks`;

/**
 * A condition for rows of `runs`: that the run hangs below no other of the history, neither below its
 * parent nor below the first run of its group. Written so that SQLite finds those once, not once a row.
 */
export const isRoot = `id NOT IN (
  SELECT run FROM family
    WHERE parent IN (SELECT id FROM runs) AND parent NOT IN (SELECT run FROM bin)
  UNION ALL
  SELECT run FROM (
    SELECT run, row_number() OVER (PARTITION BY seedGroup ORDER BY createdAt, run) AS place
    FROM family JOIN runs ON runs.id = run
    WHERE seedGroup IS NOT NULL AND ${inHistory}
  ) WHERE place > 1)`;

/** From the first of what `familyColumns` selects. */
export function familyOf(text: string | null): { parent: Parent | null; group: GroupName | null } {
  if (text === null) return { parent: null, group: null };
  const [run, step, epoch, id, name, runs] = JSON.parse(text) as [
    ...[string | null, number | null, number | null],
    ...[string | null, string | null, number],
  ];
  return {
    parent: run === null ? null : { run, step: step ?? 0, epoch: epoch ?? 0 },
    group: id === null ? null : { id, name: name ?? id, runs },
  };
}

/** Part of a transaction. */
export function insertParent(database: Connection, run: string, parent: Parent): void {
  database
    .prepare("INSERT INTO family (run, parent, step, epoch) VALUES (?, ?, ?, ?)")
    .run(run, parent.run, parent.step, parent.epoch);
}

/** Makes a run a member of a group. */
export function joinGroup(home: Home, run: string, group: string): void {
  storing(home, (database) => {
    database.prepare("INSERT INTO family (run, seedGroup) VALUES (?, ?)").run(run, group);
  });
}

/**
 * Part of a transaction: the rows of `parent` up to `step` become rows of `child` too. Checkpoints are
 * not among them: only one has a file of the child's.
 */
export function copyPast(database: Connection, parent: string, child: string, step: number): void {
  database
    .prepare(
      `INSERT INTO measurements SELECT ?, step, measured FROM measurements WHERE run = ? AND step <= ?`,
    )
    .run(child, parent, step);
  database
    .prepare(
      `INSERT INTO samples SELECT ?, step, epoch, closesEpoch, count, columns, file, bytes, sha256
       FROM samples WHERE run = ? AND step <= ?`,
    )
    .run(child, parent, step);
}
