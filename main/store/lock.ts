/**
 * One program at a time may use a data folder. The lock is SQLite's own exclusive lock on a small
 * file: the system gives it free the moment its holder ends, however it ends, so there is nothing
 * stale to judge. Local disks only. Nothing else may open the file: closing it again would end the
 * lock (https://www.sqlite.org/howtocorrupt.html, 2.2).
 */
import { join } from "node:path";
import Database from "better-sqlite3";
import { Problem } from "../spec/problem.ts";
import { foreign, sqliteProblem } from "./sqlite-problem.ts";

/** Takes the lock or fails at once. The lock ends with `close()` of what is returned. */
export function takeLock(folder: string): { close(): void } {
  const path = join(folder, "lock.db");
  let lock: Database.Database | undefined;
  try {
    lock = new Database(path, { timeout: 0 });
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch (thrown) {
    lock?.close();
    throw lockProblem(thrown, folder, path);
  }
}

function lockProblem(thrown: unknown, folder: string, path: string): unknown {
  const problem = sqliteProblem(thrown, path);
  if (!(problem instanceof Problem)) return problem;
  if (problem.code === "home.damaged") return foreign(path, "it is not a lock");
  if (problem.code !== "home.locked") return problem;
  return new Problem(
    "home.locked",
    `${folder} is in use by another GAN Studio (desktop window, browser mode or command line); close it or choose another folder with --home.`,
    { cause: thrown },
  );
}
