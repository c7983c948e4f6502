/** From SQLite's error codes to sentences. */
import Database from "better-sqlite3";
import { Problem } from "../spec/problem.ts";

/** `path` is the database file. What is not an error of the disk, of damage or of access comes back as it is: a bug. */
export function sqliteProblem(thrown: unknown, path: string): unknown {
  if (!(thrown instanceof Database.SqliteError)) return thrown;
  const problem = (code: Problem["code"], message: string) =>
    new Problem(code, message, { cause: thrown });
  const family = thrown.code.split("_").slice(0, 2).join("_");
  switch (family) {
    case "SQLITE_FULL":
      return problem(
        "disk.full",
        `The disk is full: ${path} could not be written. Free some space, then try again; what was stored before is unharmed.`,
      );
    case "SQLITE_CORRUPT":
    case "SQLITE_NOTADB":
      return damaged(path, thrown.message, thrown);
    case "SQLITE_READONLY":
    case "SQLITE_CANTOPEN":
    case "SQLITE_PERM":
    case "SQLITE_AUTH":
      return problem(
        "home.unwritable",
        `${path} cannot be opened for writing (${thrown.message}); change its permissions or choose another folder with --home.`,
      );
    case "SQLITE_IOERR":
      return problem(
        "file.unwritable",
        `The disk reported an error at ${path} (${thrown.message}); check the disk, then try again.`,
      );
    case "SQLITE_BUSY":
    case "SQLITE_LOCKED":
      return problem(
        "home.locked",
        `Another program, perhaps a database viewer, is using ${path}; close it, then try again.`,
      );
    default:
      return thrown;
  }
}

/** `home.damaged`, with what to do about it. */
export const damaged = (path: string, what: string, cause?: unknown): Problem =>
  new Problem(
    "home.damaged",
    `The list of runs in ${path} is damaged (${what}). Put back a copy of it, or move it away to start a new list; checkpoints and samples are not touched.`,
    { cause },
  );
