/**
 * Opens the database of a data folder whose lock is held. A commit survives a power cut: SQLite's
 * write-ahead log with full syncing, which is not what the library starts with. Reasons:
 * https://www.sqlite.org/pragma.html#pragma_synchronous, https://www.sqlite.org/security.html.
 */
import { existsSync, statSync } from "node:fs";
import Database from "better-sqlite3";
import { Problem } from "../spec/problem.ts";
import { backUpBefore } from "./backup.ts";
import type { Connection } from "./connection.ts";
import { checkOrigin, migrate, migrationsOf, versionOf } from "./migrate.ts";
import { damaged, foreign, sqliteProblem } from "./sqlite-problem.ts";
import { tables } from "./tables.ts";

/** How long a statement waits for a viewer that holds the file, in milliseconds. */
const patience = 5000;

/** Name, value to set, value to read back. What does not take is a reason not to go on. */
const settings: readonly [string, string, string | number][] = [
  ["journal_mode", "WAL", "wal"],
  ["synchronous", "FULL", 2],
  ["foreign_keys", "ON", 1],
  ["trusted_schema", "OFF", 0],
  ["cell_size_check", "ON", 1],
  // The log is cut to this many bytes after each checkpoint of its content.
  ["journal_size_limit", "67108864", 67_108_864],
];

/** Bytes of a database that is read through at every start; a larger one when it is under suspicion. */
const readThrough = 64 * 1024 * 1024;

/**
 * `isSuspect`: it was found damaged while it was used. Throws `home.damaged`, `home.foreign`,
 * `home.newer`, `home.unwritable` or `disk.full`, each before it changed anything that was there.
 */
export function openDatabase(path: string, isSuspect = false): Connection {
  const migrations = migrationsOf(tables);
  let database: Connection | undefined;
  try {
    refuseFolder(path);
    refuseForeign(path, migrations.length);
    database = new Database(path, { timeout: patience });
    checkSqliteVersion(database.prepare("SELECT sqlite_version()").pluck().get() as string);
    checkOrigin(database, migrations.length);
    configure(database);
    if (isSuspect || statSync(path).size <= readThrough) readAll(database, isSuspect);
    backUpBefore(database, versionOf(database) + 1, migrations.length);
    migrate(database, migrations);
    checkTables(database);
    return database;
  } catch (thrown) {
    database?.close();
    throw sqliteProblem(thrown, path);
  }
}

/**
 * Throws for a SQLite before 3.51.3: its write-ahead log could lose commits when two connections met
 * (https://www.sqlite.org/wal.html#walresetbug).
 */
export function checkSqliteVersion(version: string): void {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  if (major * 1e6 + minor * 1e3 + patch >= 3_051_003) return;
  throw new Problem(
    "internal",
    `SQLite ${version} can lose data; 3.51.3 or newer is needed. Install GAN Studio's own packages again.`,
  );
}

function refuseFolder(path: string): void {
  if (existsSync(path) && !statSync(path).isFile()) throw foreign(path, "it is not a file");
}

/** Pages and rows; with `thorough` also whether each index has what its table has. */
function readAll(database: Connection, thorough: boolean): void {
  const pragma = thorough ? "integrity_check(1)" : "quick_check(1)";
  const found = String(database.pragma(pragma, { simple: true }));
  if (found !== "ok") throw damaged(database.name, found);
}

/** A first look that cannot change the file: even closing a database that was open for writing does. */
function refuseForeign(path: string, newest: number): void {
  if (!existsSync(path)) return;
  let database: Connection | undefined;
  try {
    database = new Database(path, { readonly: true, fileMustExist: true, timeout: patience });
    checkOrigin(database, newest);
  } catch (thrown) {
    const code = thrown instanceof Database.SqliteError ? thrown.code : "";
    // A crash may have left what only a writer can clear up; then the check below has to do.
    if (!/^SQLITE_(READONLY|CANTOPEN)/.test(code)) throw thrown;
  } finally {
    database?.close();
  }
}

function configure(database: Connection): void {
  for (const [name, value, expected] of settings) {
    database.pragma(`${name} = ${value}`);
    const actual = database.pragma(name, { simple: true });
    if (actual === expected) continue;
    throw new Problem(
      "home.unwritable",
      `${database.name} cannot be kept safe on this disk (${name} stays ${String(actual)}); choose a folder on a local disk with --home.`,
    );
  }
}

function checkTables(database: Connection): void {
  const names = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .pluck()
    .all();
  const missing = tables.find((table) => !names.includes(table.name));
  if (missing) throw damaged(database.name, `its table «${missing.name}» is missing`);
}
