/** Makes the database of a data folder one of an earlier version, with what that version could hold. */
import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { applicationId, migrationsOf } from "../../main/store/migrate.ts";
import { tables } from "../../main/store/tables.ts";

/** Migrations that are then missing. */
const missing = 2;

export function olderDatabase(home: string): void {
  const path = join(home, "studio.db");
  const newer = join(home, "newer.db");
  // A log stays behind when its file gets another name.
  const whole = new Database(path);
  whole.pragma("journal_mode = DELETE");
  whole.close();
  renameSync(path, newer);
  const database = new Database(path);
  const migrations = migrationsOf(tables).slice(0, -missing);
  database.pragma("foreign_keys = OFF");
  for (const { sql } of migrations) database.exec(sql);
  database.pragma(`application_id = ${applicationId}`);
  database.pragma(`user_version = ${migrations.length}`);
  database.prepare("ATTACH ? AS newer").run(newer);
  const names = database
    .prepare(
      "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .pluck()
    .all() as string[];
  for (const name of names) {
    const columns = (database.pragma(`main.table_info(${name})`) as { name: string }[])
      .map((column) => column.name)
      .join(", ");
    database.exec(`INSERT INTO main.${name} (${columns}) SELECT ${columns} FROM newer.${name}`);
  }
  database.close();
  rmSync(newer);
}
