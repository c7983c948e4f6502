/**
 * Brings a database to this version's tables. The version is SQLite's `user_version`: the number of
 * the last migration that ran. Migrations are only ever added.
 */
import { failpoint } from "../files/failpoints.ts";
import { Problem } from "../spec/problem.ts";
import type { Connection } from "./connection.ts";
import { foreign } from "./sqlite-problem.ts";
import type { Migration, Table } from "./table.ts";

/** Marks our databases among all SQLite files: «GANS». */
export const applicationId = 0x47414e53;

/** All migrations in their order. Throws when they are not numbered 1, 2, 3… without a hole. */
export function migrationsOf(tables: readonly Table[]): Migration[] {
  const migrations = tables
    .flatMap((table) => table.migrations)
    .sort((a, b) => a.version - b.version);
  for (const [index, { version }] of migrations.entries()) {
    if (version !== index + 1) {
      throw new Error(
        `migrations must be numbered without holes: ${version} is at place ${index + 1}`,
      );
    }
  }
  return migrations;
}

/** Throws `home.newer` when a newer version wrote the database, `home.foreign` when another program did. */
export function checkOrigin(database: Connection, newest: number): void {
  const version = versionOf(database);
  const application = database.pragma("application_id", { simple: true }) as number;
  if (application === applicationId) {
    if (version <= newest) return;
    throw new Problem(
      "home.newer",
      `${database.name} was written by a newer GAN Studio (its format is ${version}, this one knows ${newest}). Update GAN Studio, or choose another folder with --home. Nothing was changed.`,
    );
  }
  const objects = database.prepare("SELECT count(*) FROM sqlite_schema").pluck().get() as number;
  if (version === 0 && application === 0 && objects === 0) return;
  throw foreign(database.name, "another program wrote it");
}

/** Runs what is missing, all of it or nothing: the database is of the old version or of this one. */
export function migrate(database: Connection, migrations: readonly Migration[]): void {
  checkOrigin(database, migrations.length);
  const missing = migrations.slice(versionOf(database));
  if (missing.length === 0) return;
  failpoint("migration.before");
  database
    .transaction(() => {
      for (const migration of missing) {
        database.exec(migration.sql);
        failpoint("migration.inside");
      }
      database.pragma(`application_id = ${applicationId}`);
      database.pragma(`user_version = ${migrations.length}`);
    })
    .immediate();
  failpoint("migration.after");
}

export const versionOf = (database: Connection): number =>
  database.pragma("user_version", { simple: true }) as number;
