/** What outlasts a reload of an export: its fields, and what came of the last one. */
import * as v from "valibot";
import { exportFormatIds } from "../../main/contract/exports.ts";

const text = v.pipe(v.string(), v.maxLength(4096));
const format = v.picklist(exportFormatIds);
const number = v.nullable(v.number());

const settings = v.strictObject({
  /** Null: the newest, also when there is a newer one later. */
  step: number,
  player: v.picklist(["generator", "discriminator"]),
  average: v.boolean(),
  half: v.boolean(),
  layout: v.picklist(["pytorch", "tensorflow"]),
  batch: number,
  count: number,
  seed: number,
  target: v.picklist(["download", "path"]),
  path: text,
  overwrite: v.boolean(),
});

const result = v.strictObject({
  ...{ id: text, where: text, step: v.number(), epoch: v.number(), maxAbsDifference: number },
  formats: v.array(
    v.strictObject({
      ...{ format, files: v.array(text), bytes: v.number(), difference: number, checkedBy: text },
      loading: v.nullable(v.strictObject({ language: text, code: v.string() })),
    }),
  ),
});

export const keptExportSchema = v.strictObject({
  formats: v.array(format),
  settings,
  result: v.nullable(result),
});

export type ExportSettings = v.InferOutput<typeof settings>;
