/**
 * A run's folder tells by itself what run it is, so that a lost database can be made again from the
 * folders alone: `run.json` is the run but for its course, `record.jsonl` its course as it came, one
 * JSON value a line. Both are read from disk as if a stranger had written them.
 */
import * as v from "valibot";
import { Problem, type ProblemCode } from "../spec/problem.ts";
import { usableTags } from "../spec/tags.ts";

export const runDocumentFormat = "gan-studio-run";
export const runDocumentVersion = 1;

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "is no SHA-256"));
const runFileName = v.pipe(
  v.string(),
  v.regex(/^(?:checkpoints|samples)\/step-\d{9,16}\.(?:safetensors|png)$/, "is no run's file"),
);

const runDocumentSchema = v.object({
  format: v.literal(runDocumentFormat),
  version: v.literal(runDocumentVersion),
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "is not an id")),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  status: v.picklist([
    ...["starting", "running", "paused"],
    ...["finished", "stopped", "interrupted", "failed"],
  ] as const),
  reason: v.nullable(text(10_000)),
  code: v.nullable(text(40)) as v.GenericSchema<unknown, ProblemCode | null>,
  dataset: text(1000),
  engine: v.nullable(text(100)),
  mode: v.nullable(v.picklist(["eager", "compiled"])),
  /** Milliseconds since 1970. */
  createdAt: whole,
  updatedAt: whole,
  /** What can be no tag is left out: no run is lost for a word. */
  tags: v.exactOptional(
    v.fallback(
      v.pipe(
        v.array(v.string()),
        v.transform((texts: string[]) => usableTags(texts)),
      ),
      () => [],
    ),
  ),
  /** Rows of further tables, see side-tables.ts. */
  tables: v.exactOptional(
    v.record(
      v.string(),
      v.array(v.record(v.string(), v.nullable(v.union([v.string(), v.number()])))),
    ),
  ),
  /** Of whatever version wrote it; `parseSpecification` is its door. */
  specification: v.unknown(),
});

/** What `run.json` holds. */
export type RunDocument = v.InferOutput<typeof runDocumentSchema>;

const sampleSchema = v.object({
  ...{ step: whole, epoch: whole, closesEpoch: v.boolean(), count: whole, columns: whole },
  ...{ file: runFileName, bytes: whole, sha256 },
});
const checkpointSchema = v.object({
  ...{ step: whole, epoch: whole, file: runFileName, bytes: whole, sha256, createdAt: whole },
});
const eventSchema = v.object({
  ...{ at: whole, step: whole, kind: text(100), detail: text(10_000) },
});

const recordSchema = v.variant("kind", [
  v.object({
    kind: v.literal("progress"),
    ...{ step: whole, epoch: whole, seconds: v.number(), at: whole },
    /** Steps, and of each its values: float64 in base64. */
    measured: v.object({ steps: v.array(whole), values: v.array(v.string()) }),
    samples: v.array(sampleSchema),
    checkpoints: v.array(checkpointSchema),
    events: v.array(eventSchema),
  }),
  v.object({ kind: v.literal("event"), event: eventSchema }),
  /** The run went back to `step`: what came after it is forgotten. */
  v.object({ kind: v.literal("rewind"), step: whole, epoch: whole, at: whole }),
]);

/** What a line of `record.jsonl` holds. */
export type RunRecord = v.InferOutput<typeof recordSchema>;

/** `place` is the file, for the sentence. Throws `home.damaged`. */
export const parseRunDocument = (json: unknown, place: string): RunDocument =>
  parse(runDocumentSchema, json, place);

/** Throws `home.damaged`. */
export const parseRunRecord = (json: unknown, place: string): RunRecord =>
  parse(recordSchema, json, place);

function parse<Output>(
  schema: v.GenericSchema<unknown, Output>,
  json: unknown,
  place: string,
): Output {
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? "it";
  throw new Problem("home.damaged", `${place} is damaged: ${path}: ${issue.message}.`);
}
