/**
 * Where a run's files lie. Ids and file names come from outside at times, so none is joined to a
 * path before it was checked. Paths that are stored are below the run's folder, with forward slashes.
 */
import { join } from "node:path";
import { createFolder } from "../files/durable-folder.ts";
import { Problem } from "../spec/problem.ts";

/** Also refuses the names of devices, which Windows finds in every folder. */
const idPattern = /^(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9-]{0,63}$/;

const filePattern = /^(?:checkpoints|samples)\/step-\d{9,16}\.(?:safetensors|png)$/;

/** Throws `run.unknown` for what cannot be an id. */
export function runFolder(home: string, id: string): string {
  if (!idPattern.test(id))
    throw new Problem("run.unknown", `There is no run «${id.slice(0, 80)}».`);
  return join(home, "runs", id);
}

/** The path of a stored file. Throws `checkpoint.damaged` for a name that no run's file has. */
export function runFile(home: string, id: string, file: string): string {
  if (!filePattern.test(file)) {
    throw new Problem(
      "checkpoint.damaged",
      `The run ${id} names a file that cannot be one of its own («${file.slice(0, 80)}»); it was not opened.`,
    );
  }
  return join(runFolder(home, id), ...file.split("/"));
}

/** The folders that a run's files are written to. */
export const runFolders = (home: string, id: string): string[] =>
  ["checkpoints", "samples"].map((name) => join(runFolder(home, id), name));

/** Creates them durably and returns the run's folder. Throws `disk.full` or `file.unwritable`. */
export function createRunFolder(home: string, id: string): string {
  for (const folder of runFolders(home, id)) createFolder(folder);
  return runFolder(home, id);
}

/** What can be made again from other files: prepared pictures. Created by who writes there. */
export const cacheFolder = (home: string): string => join(home, "cache");
