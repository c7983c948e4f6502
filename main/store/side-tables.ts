/**
 * What else belongs to a run, in tables of its own: where it comes from, what it was computed with, how
 * good it is. A run's document carries these rows as they are, so that a list made anew has them too.
 */
import type { Connection } from "./connection.ts";

/** Each with the query for the rows of one run. A name is never taken from a file. */
const queries = {
  seedGroups: "SELECT * FROM seedGroups WHERE id IN (SELECT seedGroup FROM family WHERE run = ?)",
  family: "SELECT * FROM family WHERE run = ?",
  sittings: "SELECT * FROM sittings WHERE run = ? ORDER BY at, step",
  evaluations: "SELECT * FROM evaluations WHERE run = ? ORDER BY step, createdAt",
} as const;

type Value = string | number | null;
type SideRows = Record<string, Record<string, Value>[]>;

const names = Object.keys(queries) as (keyof typeof queries)[];

/** Only tables that have rows of the run. */
export function readSideRows(database: Connection, run: string): SideRows {
  const found = names.map((name) => [
    name,
    database.prepare<[string], Record<string, Value>>(queries[name]).all(run),
  ]);
  return Object.fromEntries(found.filter(([, rows]) => (rows?.length ?? 0) > 0)) as SideRows;
}

/**
 * Part of a transaction: puts rows that were read from a file back. Columns that this version does not
 * have are left out; rows that another run has brought already, or that do not fit, as well.
 */
export function insertSideRows(database: Connection, run: string, tables: SideRows): void {
  for (const name of names) {
    const known = database
      .prepare<[string], string>("SELECT name FROM pragma_table_info(?)")
      .pluck()
      .all(name);
    for (const row of tables[name] ?? []) {
      const own = known.includes("run") ? { ...row, run } : row;
      const columns = known.filter((column) => Object.hasOwn(own, column));
      database
        .prepare(
          `INSERT OR IGNORE INTO ${name} (${columns.join(", ")})
           VALUES (${columns.map(() => "?").join(", ")})`,
        )
        .run(columns.map((column) => own[column] ?? null));
    }
  }
}
