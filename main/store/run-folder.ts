/**
 * Writes what a run's folder tells of itself: its document whole, its record line by line. Called
 * inside the transaction that stores the same in the database, before it ends: what the database has,
 * the folder has. After a crash between the two the folder is ahead by what nobody was told.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { durableAppendSync, durableWriteSync } from "../files/durable-write-sync.ts";
import { Problem } from "../spec/problem.ts";
import { runFolder } from "./layout.ts";
import {
  runDocumentFormat,
  runDocumentVersion,
  type RunDocument,
  type RunRecord,
} from "./run-document.ts";

export const documentName = "run.json";
export const recordName = "record.jsonl";

/** A run without a folder has nothing to describe; null for it. */
export function existingRunFolder(home: string, id: string): string | null {
  try {
    const folder = runFolder(home, id);
    return existsSync(folder) ? folder : null;
  } catch (thrown) {
    // What cannot be an id has no folder.
    if (thrown instanceof Problem) return null;
    throw thrown;
  }
}

/** Throws `disk.full` or `file.unwritable`. */
export function writeRunDocument(home: string, run: Omit<RunDocument, "format" | "version">): void {
  const folder = existingRunFolder(home, run.id);
  if (folder === null) return;
  const { specification, ...rest } = run;
  const document: RunDocument = {
    ...{ format: runDocumentFormat, version: runDocumentVersion },
    ...rest,
    specification,
  };
  durableWriteSync(join(folder, documentName), `${JSON.stringify(document, null, 2)}\n`);
}

/** `whole` is the record until now, for a run that has none yet. Throws as `writeRunDocument`. */
export function appendRunRecord(
  home: string,
  id: string,
  record: RunRecord,
  whole: () => Iterable<RunRecord>,
): void {
  const folder = existingRunFolder(home, id);
  if (folder === null) return;
  const path = join(folder, recordName);
  // A crash may have torn the last line; the new one must not hang on to it.
  if (existsSync(path)) durableAppendSync(path, `\n${lineOf(record)}\n`);
  else durableWriteSync(path, textOf(whole()));
}

export function writeRunRecord(folder: string, records: Iterable<RunRecord>): void {
  durableWriteSync(join(folder, recordName), textOf(records));
}

/** The first 16 digits of the SHA-256 tell a torn or altered line. */
export const checksumOf = (json: string): string =>
  createHash("sha256").update(json).digest("hex").slice(0, 16);

function lineOf(record: RunRecord): string {
  const json = JSON.stringify(record);
  return `${checksumOf(json)} ${json}`;
}

const textOf = (records: Iterable<RunRecord>): string =>
  Array.from(records, (record) => `${lineOf(record)}\n`).join("");
