/**
 * The data folder: created, checked, locked, opened, in this order, so that a second program is
 * turned away before it touches the database.
 */
import { accessSync, constants, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { createFolder } from "../files/durable-folder.ts";
import { fileProblem } from "../files/file-problem.ts";
import { Problem } from "../spec/problem.ts";
import type { Connection, Home } from "./connection.ts";
import { openDatabase } from "./database.ts";
import { describeAll } from "./describe-run.ts";
import { takeLock } from "./lock.ts";
import { finishRebuild, isLost, rebuildDatabase } from "./rebuild.ts";
import { clearSuspicion, isSuspect } from "./suspicion.ts";

export type { Home } from "./connection.ts";

/**
 * Opens the data folder at `folder`, which is created when it is missing (for this user alone).
 * A damaged database is set aside and made anew; `notices` then says so.
 * Throws `home.unwritable`, `home.locked`, `home.newer`, `home.foreign` or `disk.full`.
 */
export function openHome(folder: string): Home {
  const path = prepareFolder(folder);
  const lock = takeLock(path);
  try {
    const { database, notices } = openOrRebuild(path);
    const home: Home = {
      folder: path,
      database,
      notices,
      close: () => {
        database.close();
        lock.close();
      },
    };
    const undescribed = describeAll(home);
    if (undescribed !== null) notices.push(undescribed);
    return home;
  } catch (thrown) {
    lock.close();
    throw thrown;
  }
}

function openOrRebuild(folder: string): { database: Connection; notices: string[] } {
  const path = join(folder, "studio.db");
  const date = new Date();
  const notices: string[] = [];
  const rebuild = (why: string) => {
    notices.push(rebuildDatabase(folder, why, date));
    return openDatabase(path);
  };
  const open = () => {
    const aside = finishRebuild(folder, date);
    if (aside !== null) {
      notices.push(
        `The list of runs was damaged and was made anew from the run folders. The damaged file was kept as ${aside}.`,
      );
    }
    if (isLost(folder)) return rebuild("was missing");
    try {
      return openDatabase(path, isSuspect(folder));
    } catch (thrown) {
      if (!(thrown instanceof Problem) || thrown.code !== "home.damaged") throw thrown;
      return rebuild("was damaged");
    }
  };
  const database = open();
  clearSuspicion(folder);
  return { database, notices };
}

/** Two names of one folder must meet at one lock, hence the real path. */
function prepareFolder(folder: string): string {
  if (folder.trim() === "") {
    throw new Problem("home.unwritable", "The data folder has no name; name one with --home.");
  }
  const path = resolve(folder);
  try {
    createFolder(path);
    const real = realpathSync(path);
    accessSync(real, constants.R_OK | constants.W_OK | constants.X_OK);
    return real;
  } catch (thrown) {
    const problem = fileProblem(thrown, path);
    if (!(problem instanceof Problem) || problem.code === "disk.full") throw problem;
    const message = `The data folder ${problem.message} Another folder can be named with --home.`;
    throw new Problem("home.unwritable", message, { cause: thrown });
  }
}
