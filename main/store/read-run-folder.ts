/**
 * Reads what a run's folder tells of itself, as if a stranger had written it: lines that are torn or
 * altered are passed over and counted, files that are gone are left out.
 */
import { statSync } from "node:fs";
import { join } from "node:path";
import { readTextSync } from "../files/durable-write-sync.ts";
import { Problem } from "../spec/problem.ts";
import { parseSpecification, type Specification } from "../spec/specification.ts";
import {
  parseRunDocument,
  parseRunRecord,
  type RunDocument,
  type RunRecord,
} from "./run-document.ts";
import { checksumOf, documentName, recordName } from "./run-folder.ts";

export interface DescribedRun {
  document: RunDocument;
  specification: Specification;
  /** In the order in which they were written, each once. */
  records: RunRecord[];
  /** Lines that could not be read. */
  unreadable: number;
}

/** Null for a folder that does not describe itself. Throws `home.damaged` or `spec.*` when it does so wrongly. */
export function readRunFolder(folder: string, id: string): DescribedRun | null {
  const path = join(folder, documentName);
  const text = readTextSync(path);
  if (text === null) return null;
  const document = parseRunDocument(jsonOf(text, path), path);
  if (document.id !== id)
    throw new Problem("home.damaged", `${path} is of the run ${document.id}.`);
  const specification = parseSpecification(document.specification);
  const { records, unreadable } = readRecords(folder);
  return { document, specification, records, unreadable };
}

/** Whether a file is there with its length. Its content is checked when it is used. */
export function isThere(folder: string, { file, bytes }: { file: string; bytes: number }): boolean {
  const found = statSync(join(folder, ...file.split("/")), { throwIfNoEntry: false });
  return found?.isFile() === true && found.size === bytes;
}

function readRecords(folder: string): Pick<DescribedRun, "records" | "unreadable"> {
  const path = join(folder, recordName);
  const records: RunRecord[] = [];
  let unreadable = 0;
  let last = "";
  for (const line of (readTextSync(path) ?? "").split("\n")) {
    // A commit that failed after its line was written was tried again with the same line.
    if (line === "" || line === last) continue;
    last = line;
    const record = recordOf(line, path);
    if (record) records.push(record);
    else unreadable++;
  }
  return { records, unreadable };
}

function recordOf(line: string, path: string): RunRecord | null {
  const json = line.slice(17);
  if (checksumOf(json) !== line.slice(0, 16)) return null;
  try {
    return parseRunRecord(jsonOf(json, path), path);
  } catch (thrown) {
    if (thrown instanceof Problem) return null;
    throw thrown;
  }
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem("home.damaged", `${path} is damaged: it is no JSON.`, { cause });
  }
}
