/** Looks programs up on PATH without starting them, which costs microseconds instead of tenths of a second. */
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * @param {readonly string[]} names tried in order
 * @param {Record<string, string | undefined>} environment
 * @returns {string | null} the full path of the first that is there
 */
export function findProgram(names, environment = process.env) {
  const windows = process.platform === "win32";
  const folders = (environment.PATH ?? environment.Path ?? "").split(delimiter).filter(Boolean);
  const endings = windows ? [".exe", ".cmd", ".bat"] : [""];
  for (const name of names) {
    for (const folder of folders) {
      for (const ending of endings) {
        const candidate = join(folder, name + ending);
        if (isExecutableFile(candidate)) return candidate;
      }
    }
  }
  return null;
}

/** @param {string} path */
function isExecutableFile(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * The environment with a folder first on its PATH.
 * @param {Record<string, string | undefined>} environment
 * @param {readonly string[]} folders
 */
export function withPathFirst(environment, folders) {
  // Windows spells it "Path"; two spellings in one environment would hide each other.
  const name = Object.keys(environment).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  return { ...environment, [name]: [...folders, environment[name] ?? ""].join(delimiter) };
}
