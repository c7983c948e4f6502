/**
 * Before a database is brought to a newer form, a copy of it as it was. By `VACUUM INTO`, SQLite's own
 * alternative to its backup API for a live database (https://www.sqlite.org/lang_vacuum.html): it is
 * one call, where the backup API's binding does not wait, and it reads every row on its way.
 */
import { closeSync, fsyncSync, openSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { durableMoveSync } from "../files/durable-write-sync.ts";
import { failpoint } from "../files/failpoints.ts";
import type { Connection } from "./connection.ts";

/** The last so many are kept. */
const kept = 2;

const namePattern = /^database\.before-migration-(\d+)\.db$/;

/** `next`: the first migration that is missing. Does nothing for a new database, or where none is. */
export function backUpBefore(database: Connection, next: number, newest: number): void {
  if (next === 1 || next > newest) return;
  const folder = dirname(database.name);
  const temporary = join(folder, "database.backing-up.db");
  rmSync(temporary, { force: true });
  database.prepare("VACUUM INTO ?").run(temporary);
  const file = openSync(temporary, "r+");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  failpoint("migration.backup");
  durableMoveSync(temporary, join(folder, `database.before-migration-${next.toString()}.db`));
  const numbers = readdirSync(folder)
    .flatMap((name) => namePattern.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => b - a);
  for (const old of numbers.slice(kept))
    rmSync(join(folder, `database.before-migration-${old.toString()}.db`), { force: true });
}
