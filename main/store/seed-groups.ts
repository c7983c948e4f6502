/** Groups: one specification trained with several seeds. Their runs are found in `family.ts`. */
import { Problem } from "../spec/problem.ts";
import { reading, storing, type Home } from "./connection.ts";
import { columns, rowOf, type RunRow, type StoredRow } from "./run-row.ts";
import type { Table } from "./table.ts";

/** Made by the migration of `family.ts`. */
export const seedGroups: Table = { name: "seedGroups", migrations: [] };

export interface GroupRow {
  id: string;
  name: string;
  /** In the order in which they are trained. */
  seeds: number[];
  /** Why no further seed is trained, as a sentence, empty when all were; null while it goes on. */
  ending: string | null;
  /** Milliseconds since 1970. */
  createdAt: number;
}

type Stored = Omit<GroupRow, "seeds"> & { seeds: string };

const groupOf = ({ seeds, ...row }: Stored): GroupRow => ({
  ...row,
  seeds: JSON.parse(seeds) as number[],
});

export function insertGroup(home: Home, { seeds, ...row }: Omit<GroupRow, "ending">): void {
  storing(home, (database) => {
    database
      .prepare("INSERT INTO seedGroups VALUES (@id, @name, @seeds, NULL, @createdAt)")
      .run({ ...row, seeds: JSON.stringify(seeds) });
  });
}

/** Says why those go no further that were still going on; of an earlier sitting, for none is now. */
export function endOpenGroups(home: Home, ending: string): void {
  storing(home, (database) => {
    database.prepare("UPDATE seedGroups SET ending = ? WHERE ending IS NULL").run(ending);
  });
}

/** Says why it goes no further: an empty text when all seeds were trained. */
export function endGroup(home: Home, id: string, ending: string): void {
  storing(home, (database) => {
    database.prepare("UPDATE seedGroups SET ending = ? WHERE id = ?").run(ending, id);
  });
}

/** Of one that could not be started. */
export function deleteGroup(home: Home, id: string): void {
  storing(home, (database) => {
    database.prepare("DELETE FROM seedGroups WHERE id = ?").run(id);
  });
}

/** Throws `run.unknown`. */
export function getGroup(home: Home, id: string): GroupRow {
  const row = reading(home, (database) =>
    database.prepare<[string], Stored>("SELECT * FROM seedGroups WHERE id = ?").get(id),
  );
  if (row) return groupOf(row);
  throw new Problem("run.unknown", `There is no group «${id.slice(0, 80)}».`);
}

/** Newest first. */
export function listGroups(home: Home): GroupRow[] {
  const rows = reading(home, (database) =>
    database.prepare<[], Stored>("SELECT * FROM seedGroups ORDER BY createdAt DESC, id DESC").all(),
  );
  return rows.map(groupOf);
}

/** The group's runs that are not in the bin, in the order in which they were started. */
export function listMembers(home: Home, group: string): RunRow[] {
  const rows = reading(home, (database) =>
    database
      .prepare<[string], StoredRow>(
        `SELECT ${columns} FROM runs
         WHERE id IN (SELECT run FROM family WHERE seedGroup = ?) AND id NOT IN (SELECT run FROM bin)
         ORDER BY createdAt, id`,
      )
      .all(group),
  );
  return rows.map(rowOf);
}
