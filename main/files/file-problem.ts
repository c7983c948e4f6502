/** From an error of the operating system to a sentence for the person whose file it was. */
import { Problem } from "../spec/problem.ts";

const unwritable: Record<string, string> = {
  EACCES: "you may not write there; change the permissions or choose another place",
  EPERM: "the system does not permit it; change the permissions or choose another place",
  EROFS: "the disk is read-only; choose another place",
  ENOENT: "the folder does not exist; create it or choose another place",
  ENOTDIR: "part of its path is a file, not a folder; choose another place",
  EISDIR: "a folder has this name; choose another name",
  ENOTEMPTY: "a folder has this name; choose another name",
  ENAMETOOLONG: "its name is too long; choose a shorter one",
  ELOOP: "its path runs in a circle of links; choose another place",
  EINVAL: "this is not a valid path; choose another place",
  EBUSY: "another program is using it; close that program and try again",
  ETXTBSY: "another program is using it; close that program and try again",
  EMFILE: "too many files are open; close other programs and try again",
  ENFILE: "too many files are open; close other programs and try again",
  EFBIG: "it is larger than the system permits; raise the limit or write less",
  EIO: "the disk reported an error; check it or choose another place",
  ERR_INVALID_ARG_VALUE: "this is not a valid path; choose another place",
};

/** The operating system's name of an error (`ENOSPC`), or undefined. */
export function errorCodeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !("code" in thrown)) return undefined;
  return typeof thrown.code === "string" ? thrown.code : undefined;
}

/**
 * `disk.full` or `file.unwritable` with the path and the cure. Anything that is not an error of the
 * operating system comes back as it is.
 */
export function fileProblem(thrown: unknown, path: string): unknown {
  const code = errorCodeOf(thrown);
  if (code === undefined || thrown instanceof Problem) return thrown;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new Problem(
      "disk.full",
      `The disk is full: ${path} could not be written. Free some space, then try again; what was stored before is unharmed.`,
      { cause: thrown },
    );
  }
  const known = unwritable[code];
  const isFromSystem = known !== undefined || "syscall" in (thrown as Error);
  if (!isFromSystem) return thrown;
  return new Problem(
    "file.unwritable",
    `${path} cannot be written: ${known ?? `the system answered ${code}; choose another place`}.`,
    { cause: thrown },
  );
}
