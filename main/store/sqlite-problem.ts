/** From SQLite's error codes to sentences. */
import Database from "better-sqlite3";
import { Problem } from "../spec/problem.ts";

/** `path` is the database file. What is not an error of the disk, of damage or of access comes back as it is: a bug. */
export function sqliteProblem(thrown: unknown, path: string): unknown {
  if (!(thrown instanceof Database.SqliteError)) return thrown;
  const problem = (code: Problem["code"], message: string) =>
    new Problem(code, message, { cause: thrown });
  const family = thrown.code.split("_").slice(0, 2).join("_");
  // The log's index is a file of its own, and the one that a full disk says this of.
  switch (thrown.code === "SQLITE_IOERR_SHMSIZE" ? "SQLITE_FULL" : family) {
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

/** Whether SQLite met content that no database has. */
export const tellsDamage = (thrown: unknown): boolean =>
  thrown instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(thrown.code);

/** `home.damaged`: ours, and to be made anew when the folder is opened. */
export const damaged = (path: string, what: string, cause?: unknown): Problem =>
  new Problem(
    "home.damaged",
    `The list of runs in ${path} is damaged (${what}). Close GAN Studio and start it again: it then sets the file aside and makes the list anew from the run folders; checkpoints and samples are not touched.`,
    { cause },
  );

/** `home.foreign`: somebody else's, which is not ours to touch. */
export const foreign = (path: string, what: string): Problem =>
  new Problem(
    "home.foreign",
    `${path} is not GAN Studio's (${what}). Move it away or choose another folder with --home. Nothing was changed.`,
  );
