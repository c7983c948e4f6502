/**
 * The data folder: created, checked, locked, opened, in this order, so that a second program is
 * turned away before it touches the database.
 */
import { accessSync, constants, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { createFolder } from "../files/durable-folder.ts";
import { fileProblem } from "../files/file-problem.ts";
import { Problem } from "../spec/problem.ts";
import type { Home } from "./connection.ts";
import { openDatabase } from "./database.ts";
import { takeLock } from "./lock.ts";

export type { Home } from "./connection.ts";

/**
 * Opens the data folder at `folder`, which is created when it is missing (for this user alone).
 * Throws `home.unwritable`, `home.locked`, `home.newer`, `home.damaged` or `disk.full`.
 */
export function openHome(folder: string): Home {
  const path = prepareFolder(folder);
  const lock = takeLock(path);
  try {
    const database = openDatabase(join(path, "studio.db"));
    return {
      folder: path,
      database,
      close: () => {
        database.close();
        lock.close();
      },
    };
  } catch (thrown) {
    lock.close();
    throw thrown;
  }
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
