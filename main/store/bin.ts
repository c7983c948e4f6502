/**
 * The bin: runs that were deleted and can still be had back. A run in the bin keeps its row and all
 * that hangs on it; its files lie in `bin/` below the data folder instead of `runs/`. A table of its
 * own, so that lists need not read a run's long row to see whether it is deleted.
 */
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { createFolder } from "../files/durable-folder.ts";
import { fileProblem } from "../files/file-problem.ts";
import { moveFolderNow } from "../files/move-folder.ts";
import { Problem, reportOf } from "../spec/problem.ts";
import { reading, storing, type Home } from "./connection.ts";
import { runFolder } from "./layout.ts";
import type { Table } from "./table.ts";

export const bin: Table = {
  name: "bin",
  migrations: [
    {
      version: 10,
      sql: `
        CREATE TABLE bin (
          run TEXT NOT NULL PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
          deletedAt INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
      `,
    },
  ],
};

/**
 * Takes an ended run out of the history. Throws `file.unwritable` when its files cannot be moved, with
 * the run still in the history. The caller makes sure that nothing trains it.
 */
export function putInBin(home: Home, id: string, now: number): void {
  storing(home, (database) => {
    database.prepare("INSERT OR IGNORE INTO bin VALUES (?, ?)").run(id, now);
  });
  try {
    moveFolder(runFolder(home.folder, id), binFolder(home, id));
  } catch (thrown) {
    forget(home, id);
    throw thrown;
  }
}

/** Puts a run back. Throws `run.unknown` when it is not in the bin. */
export function takeFromBin(home: Home, id: string): void {
  if (!isInBin(home, id))
    throw new Problem("run.unknown", `There is no run «${id.slice(0, 80)}» in the bin.`);
  // Files first: a run of the history must have its own.
  moveFolder(binFolder(home, id), runFolder(home.folder, id));
  forget(home, id);
}

export const isInBin = (home: Home, id: string): boolean =>
  reading(home, (database) =>
    database.prepare("SELECT 1 FROM bin WHERE run = ?").pluck().get(id),
  ) === 1;

/** Removes for good what was deleted before `moment`; returns the ids. What cannot be removed now stays. */
export function emptyBin(home: Home, moment: number): string[] {
  const old = reading(home, (database) =>
    database
      .prepare<[number], string>("SELECT run FROM bin WHERE deletedAt < ? ORDER BY run")
      .pluck()
      .all(moment),
  );
  return old.filter((id) => {
    try {
      // Files first: what is left of a run whose row has gone would never be found again. A crash
      // between marking and moving leaves the folder among the runs.
      rmSync(binFolder(home, id), { recursive: true, force: true });
      rmSync(runFolder(home.folder, id), { recursive: true, force: true });
    } catch (thrown) {
      // Not a reason to keep the others; it is tried again at the next deletion.
      console.warn(reportOf(thrown).message);
      return false;
    }
    storing(home, (database) => {
      database.prepare("DELETE FROM runs WHERE id = ?").run(id);
    });
    return true;
  });
}

function forget(home: Home, id: string): void {
  storing(home, (database) => {
    database.prepare("DELETE FROM bin WHERE run = ?").run(id);
  });
}

/** `runFolder` has checked the id. */
function binFolder(home: Home, id: string): string {
  runFolder(home.folder, id);
  return join(home.folder, "bin", id);
}

/** Does nothing when there is nothing at `from`: it was moved before, or the run never had files. */
function moveFolder(from: string, to: string): void {
  if (statSync(from, { throwIfNoEntry: false }) === undefined) return;
  try {
    createFolder(join(to, ".."));
    moveFolderNow(from, to);
  } catch (thrown) {
    throw fileProblem(thrown, from);
  }
}
