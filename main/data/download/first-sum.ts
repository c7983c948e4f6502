/**
 * The checksum of a file for which none was published: kept when the file first came, so that
 * another file under its name is noticed later. It does not show that the first one was right.
 */
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { durableWrite } from "../../files/durable-write.ts";

/** Hidden, so that a look into the folder never takes it for a data set's file. */
const sumPath = (path: string): string => join(dirname(path), `.${basename(path)}.sha256`);

/** Whether `sha256` is that of the first download to `path`; true when this is the first. */
export async function agreesWithFirst(path: string, sha256: string): Promise<boolean> {
  const first = await readFile(sumPath(path), "utf8").catch(() => null);
  return first === null || first.trim() === sha256;
}

export async function keepFirst(path: string, sha256: string): Promise<void> {
  await durableWrite(sumPath(path), Buffer.from(`${sha256}\n`));
}
