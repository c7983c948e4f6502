/** How much of the disk a run takes. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { reading, type Home } from "./connection.ts";
import { documentName, existingRunFolder, recordName } from "./run-folder.ts";

/** Bytes of its checkpoints, its sheets and what its folder tells of itself. */
export function bytesOfRun(home: Home, id: string): number {
  const files = reading(home, (database) =>
    database
      .prepare<[string, string], number>(
        `SELECT (SELECT total(bytes) FROM checkpoints WHERE run = ?)
           + (SELECT total(bytes) FROM samples WHERE run = ?)`,
      )
      .pluck()
      .get(id, id),
  );
  const folder = existingRunFolder(home.folder, id);
  const own = folder === null ? [] : [documentName, recordName].map((name) => join(folder, name));
  return own.reduce(
    (sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0),
    files ?? 0,
  );
}
