/** The list of data sets a second time, as a file, for when the database is lost. */
import { join } from "node:path";
import * as v from "valibot";
import { durableWriteSync, readTextSync } from "../files/durable-write-sync.ts";
import { dataSourceSchema } from "../spec/data.ts";
import { imageShapeSchema } from "../spec/shape.ts";

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const rowSchema = v.object({
  ...{ id: v.string(), name: v.string(), source: dataSourceSchema, image: imageShapeSchema },
  ...{ length: whole, classCounts: v.array(whole), addedAt: whole },
  classNames: v.exactOptional(v.array(v.string())),
  unusable: v.exactOptional(v.array(v.object({ file: v.string(), reason: v.string() }))),
  unusableCount: v.exactOptional(whole),
});

const pathIn = (folder: string): string => join(folder, "datasets.json");

/** Throws `disk.full` or `file.unwritable`. */
export function writeDatasetFile(folder: string, rows: readonly object[]): void {
  durableWriteSync(pathIn(folder), `${JSON.stringify(rows, null, 2)}\n`);
}

/** Rows that are not what they should be are left out; a list can be made again. */
export function readDatasetFile(folder: string): v.InferOutput<typeof rowSchema>[] {
  try {
    const rows: unknown = JSON.parse(readTextSync(pathIn(folder)) ?? "[]");
    if (!Array.isArray(rows)) return [];
    return rows.flatMap((row) => {
      const result = v.safeParse(rowSchema, row);
      return result.success ? [result.output] : [];
    });
  } catch {
    return [];
  }
}
