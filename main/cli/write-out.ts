/** Writes the file that a command was asked for. What is there already is replaced only when told so. */
import { existsSync } from "node:fs";
import { durableWrite } from "../files/durable-write.ts";
import { Problem } from "../spec/problem.ts";

/** Throws `file.exists`; to be called before long work as well as by `writeOut`. */
export function requireFree(path: string, force: boolean): void {
  if (!force && existsSync(path)) {
    throw new Problem(
      "file.exists",
      `${path} exists. Name another file, or replace it with --force.`,
    );
  }
}

/** `path` is absolute. Throws `file.exists`, and `file.*` where it cannot be written. */
export async function writeOut(path: string, bytes: Uint8Array, force: boolean): Promise<void> {
  requireFree(path, force);
  await durableWrite(path, bytes);
}
