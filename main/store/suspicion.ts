/** Remembers, over a restart, that a damaged page was met: a large database is not read through at each. */
import { closeSync, existsSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";

const markOf = (folder: string): string => join(folder, "database.suspect");

/** To be looked at closely when the folder is opened next. */
export function suspect(folder: string): void {
  try {
    closeSync(openSync(markOf(folder), "a"));
  } catch {
    // A disk that is full or read-only: the damage will be met again.
  }
}

export const isSuspect = (folder: string): boolean => existsSync(markOf(folder));

export function clearSuspicion(folder: string): void {
  rmSync(markOf(folder), { force: true });
}
