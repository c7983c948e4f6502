/**
 * Makes a lost or damaged database anew from what the run folders tell of themselves. The old file is
 * moved aside, never removed. Killed on its way, it begins again or goes on at the next start.
 */
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { durableMoveSync } from "../files/durable-write-sync.ts";
import { failpoint } from "../files/failpoints.ts";
import { renameRetriedNow } from "../files/rename-retried.ts";
import { Problem, reportOf } from "../spec/problem.ts";
import type { Connection, Home } from "./connection.ts";
import { putDataset } from "./datasets.ts";
import { readDatasetFile } from "./dataset-file.ts";
import { migrate, migrationsOf } from "./migrate.ts";
import { readRunFolder } from "./read-run-folder.ts";
import { replayRun } from "./replay-run.ts";
import { documentName } from "./run-folder.ts";
import { sqliteProblem } from "./sqlite-problem.ts";
import { tables } from "./tables.ts";

/** Of the finished new database before it takes its place: it is whole when it has this name. */
const rebuiltName = "database.rebuilt.db";
const unfinishedName = "database.rebuilding.db";
const databaseName = "studio.db";

/** The database's file, its log, and the log's index; the file last, for it alone is nothing's rest. */
const parts = ["-shm", "-wal", ""];

/** Whether there is no database where there are runs that tell of themselves. */
export function isLost(folder: string): boolean {
  const path = join(folder, databaseName);
  if (existsSync(path) && statSync(path).size > 0) return false;
  return ["runs", "bin"].some((place) =>
    idsIn(folder, place).some((id) => existsSync(join(folder, place, id, documentName))),
  );
}

/** Ends what was killed between the making of the new database and its taking its place. */
export function finishRebuild(folder: string, date: Date): string | null {
  if (!existsSync(join(folder, rebuiltName))) return null;
  const aside = setAside(folder, date);
  durableMoveSync(join(folder, rebuiltName), join(folder, databaseName));
  failpoint("rebuild.after");
  return aside;
}

/**
 * `why` is how the database was found, for the sentence, which is returned. Throws `disk.full` and
 * `file.unwritable`; the old database is then where it was.
 */
export function rebuildDatabase(folder: string, why: string, date: Date): string {
  failpoint("rebuild.before");
  const path = join(folder, unfinishedName);
  for (const part of [...parts, "-journal"]) rmSync(`${path}${part}`, { force: true });
  const { found, binned, lost } = build(path, folder, date);
  durableMoveSync(path, join(folder, rebuiltName));
  failpoint("rebuild.built");
  const aside = finishRebuild(folder, date);
  const amount = (count: number) => `${count.toLocaleString("en")} ${count === 1 ? "run" : "runs"}`;
  return [
    `The list of runs ${why}. It was made anew from the run folders: ${amount(found)}${binned > 0 ? `, and ${amount(binned)} in the bin` : ""}.`,
    aside === null ? "" : ` The damaged file was kept as ${aside}.`,
    lost.length === 0 ? "" : ` Not everything could be read: ${lost.slice(0, 5).join(" ")}`,
  ].join("");
}

function build(path: string, folder: string, date: Date) {
  let database: Connection | undefined;
  try {
    database = new Database(path);
    database.pragma("synchronous = FULL");
    database.pragma("foreign_keys = ON");
    migrate(database, migrationsOf(tables));
    const home = { folder, database, notices: [], close: () => undefined };
    const report = fill(home, date);
    database.close();
    return report;
  } catch (thrown) {
    database?.close();
    throw sqliteProblem(thrown, path);
  }
}

function fill(home: Home, date: Date) {
  const lost: string[] = [];
  const counts = { runs: 0, bin: 0 };
  for (const place of ["runs", "bin"] as const) {
    for (const id of idsIn(home.folder, place)) {
      const folder = join(home.folder, place, id);
      try {
        const run = readRunFolder(folder, id);
        if (run === null) {
          lost.push(`${id}: its folder does not say what run it is.`);
          continue;
        }
        replayRun(home, folder, run, place === "bin" ? date.getTime() : null);
        counts[place]++;
        if (run.unreadable > 0) lost.push(`${id}: parts of its course.`);
      } catch (thrown) {
        // The new database's own trouble. Whatever is wrong with one folder, the others must come back.
        if (thrown instanceof Problem && thrown.cause instanceof Database.SqliteError) throw thrown;
        lost.push(`${id}: ${reportOf(thrown).message}`);
      }
      failpoint("rebuild.inside");
    }
  }
  for (const dataset of readDatasetFile(home.folder)) putDataset(home, dataset);
  return { found: counts.runs, binned: counts.bin, lost };
}

/** Moves the old database out of the way; null when there is none. */
function setAside(folder: string, date: Date): string | null {
  const stamp = date.toISOString().slice(0, 19).replaceAll("-", "").replaceAll(":", "");
  let name = `database.damaged-${stamp}.db`;
  for (let copy = 2; existsSync(join(folder, name)); copy++)
    name = `database.damaged-${stamp}-${copy.toString()}.db`;
  const path = join(folder, databaseName);
  const hadOne = existsSync(path);
  for (const part of parts) {
    if (existsSync(`${path}${part}`))
      renameRetriedNow(`${path}${part}`, join(folder, `${name}${part}`));
  }
  failpoint("rebuild.aside");
  return hadOne ? join(folder, name) : null;
}

function idsIn(folder: string, place: string): string[] {
  const path = join(folder, place);
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
