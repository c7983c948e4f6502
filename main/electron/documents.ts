/**
 * Small documents of the window (its place, its preferences) in the folder that the system gives the
 * app. What is missing, damaged or from another version reads as nothing: nobody is kept out of the
 * studio by them.
 */
import { join } from "node:path";
import * as v from "valibot";
import { createFolder } from "../files/durable-folder.ts";
import { durableWriteSync, readTextSync } from "../files/durable-write-sync.ts";

export interface Document<Value> {
  /** Null where there is none that can be used. */
  read: () => Value | null;
  /** Durable when it returns. Throws `file.unwritable` or `disk.full`. */
  write: (value: Value) => void;
}

export function documentIn<Value>(
  folder: string,
  name: string,
  schema: v.GenericSchema<unknown, Value>,
): Document<Value> {
  const path = join(folder, name);
  return {
    read() {
      try {
        const text = readTextSync(path);
        const parsed = text === null ? null : v.safeParse(schema, JSON.parse(text));
        return parsed?.success ? parsed.output : null;
      } catch {
        return null;
      }
    },
    write(value) {
      createFolder(folder);
      durableWriteSync(path, `${JSON.stringify(value, null, 2)}\n`);
    },
  };
}
