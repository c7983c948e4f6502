/**
 * An open data folder, and the two ways to its database. Everything of the store hangs on the `Home`
 * that is passed in; there is no other state.
 */
import type Database from "better-sqlite3";
import { sqliteProblem, tellsDamage } from "./sqlite-problem.ts";
import { suspect } from "./suspicion.ts";

export type Connection = Database.Database;

export interface Home {
  /** The data folder's real path. */
  readonly folder: string;
  /** For the store's own files alone. */
  readonly database: Connection;
  /** What had to be mended when the folder was opened, as sentences. */
  readonly notices: readonly string[];
  /** Ends all use and gives the folder free. Safe to call twice. */
  close(): void;
}

/** Runs queries that change nothing. Throws `Problem` for what a disk or damage does to them. */
export function reading<Result>(home: Home, work: (database: Connection) => Result): Result {
  try {
    return work(home.database);
  } catch (thrown) {
    if (tellsDamage(thrown)) suspect(home.folder);
    throw sqliteProblem(thrown, home.database.name);
  }
}

/**
 * Runs queries as one transaction: all of them are durable when it returns, none happened when it
 * throws. Inside another `storing` it becomes part of that one.
 */
export function storing<Result>(home: Home, work: (database: Connection) => Result): Result {
  // Immediate, because a transaction that starts by reading may fail at its first write with no
  // wait at all (SQLITE_BUSY_SNAPSHOT), whatever the time limit is.
  return reading(home, (database) => database.transaction(() => work(database)).immediate());
}
