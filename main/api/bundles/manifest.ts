/**
 * The first file of a bundle, `manifest.json`: the run as its folder describes it, where it stood, what
 * happened to it, and every other file with its size and SHA-256. What comes in was written by a
 * stranger: nothing is believed that is not of this form, and no text leaves it that could steer a terminal.
 */
import * as v from "valibot";
import { evaluationSchema, finiteOrText } from "./evaluations.ts";
import { measurementsFile } from "./measurements-file.ts";
import { checkpointFile, sampleFile } from "../../files/run-files.ts";
import { originOf, updatesChangesOf } from "../../spec/course.ts";
import type { Evaluation } from "../../spec/evaluation.ts";
import { changesOf } from "../../spec/learning-rates.ts";
import { Problem } from "../../spec/problem.ts";
import { parseSpecification, type Specification } from "../../spec/specification.ts";
import { parseRunDocument, type RunDocument } from "../../store/run-document.ts";

export const bundleFormat = "gan-studio-bundle";
/** The newest that is read. What needs no more is written as an older one, which older versions read. */
const newestVersion = 2;
/** With evaluations, which came with the second version. */
export const versionOf = (evaluations: readonly Evaluation[]): 1 | 2 =>
  evaluations.length > 0 ? 2 : 1;
export const manifestFile = "manifest.json";

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const text = (most: number) => v.pipe(v.string(), v.maxLength(most), v.transform(plainText));
const file = {
  file: v.pipe(v.string(), v.maxLength(100)),
  bytes: whole,
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "is no SHA-256")),
};
/** Longer lists than any run has would only cost memory. */
const list = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.pipe(v.array(schema), v.maxLength(100_000));

const schema = v.strictObject({
  format: v.literal(bundleFormat),
  version: v.picklist([1, newestVersion]),
  /** The version of GAN Studio that wrote it. */
  writtenBy: text(100),
  /** As `run.json` has it; `parseRunDocument` is its door. */
  run: v.unknown(),
  place: v.strictObject({
    step: whole,
    epoch: whole,
    seconds: v.pipe(v.number(), v.finite(), v.minValue(0)),
  }),
  /** `count`: measured steps. */
  measurements: v.strictObject({ ...file, count: whole }),
  samples: list(
    v.strictObject({
      ...file,
      ...{ step: whole, epoch: whole, closesEpoch: v.boolean() },
      ...{ count: v.pipe(whole, v.minValue(1)), columns: v.pipe(whole, v.minValue(1)) },
    }),
  ),
  checkpoints: list(v.strictObject({ ...file, step: whole, epoch: whole, createdAt: whole })),
  events: list(v.strictObject({ at: whole, step: whole, kind: text(100), detail: text(10_000) })),
  /** Absent where there are none. */
  evaluations: v.optional(list(evaluationSchema(text)), []),
});

type Written = v.InferOutput<typeof schema>;
export type BundledSample = Written["samples"][number];

export type Manifest = Omit<Written, "run" | "evaluations"> & {
  evaluations: Evaluation[];
  run: Omit<RunDocument, "specification"> & { specification: Specification };
};

/** All files but the manifest itself, in the order of the archive. */
export const filesOf = ({ measurements, samples, checkpoints }: Manifest) => [
  measurements,
  ...samples,
  ...checkpoints,
];

export function encodeManifest({ evaluations, ...rest }: Manifest): Uint8Array {
  const written = evaluations.length > 0 ? { ...rest, evaluations } : rest;
  return new TextEncoder().encode(`${JSON.stringify(written, finiteOrText, 1)}\n`);
}

/**
 * `path` is the bundle's, for the sentence. Throws `bundle.newer` for one of a later version and
 * `bundle.invalid` for all else that is not right.
 */
export function decodeManifest(bytes: Uint8Array, path: string): Manifest {
  const damaged = (what: string, cause?: unknown) => invalidBundle(path, `its ${what}`, cause);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes), refusePrototypes);
  } catch (cause) {
    throw damaged("manifest is not readable JSON", cause);
  }
  requireKnownVersion(json, path);
  const result = v.safeParse(schema, json);
  if (!result.success) {
    const [issue] = result.issues;
    throw damaged(`manifest is wrong at ${v.getDotPath(issue) ?? "its start"}: ${issue.message}`);
  }
  const { run, ...rest } = result.output;
  try {
    const document = parseRunDocument(run, "The run in it");
    const specification = parseSpecification(document.specification);
    const manifest = { ...rest, run: { ...plainDocument(document), specification } };
    checkPlaces(manifest, damaged);
    checkCourse(manifest, damaged);
    return manifest;
  } catch (thrown) {
    if (!(thrown instanceof Problem) || thrown.code === "bundle.invalid") throw thrown;
    throw damaged(`run cannot be used: ${thrown.message}`, thrown);
  }
}

/** `what` goes on after «cannot be imported: »; a full stop is added. */
export const invalidBundle = (path: string, what: string, cause?: unknown): Problem =>
  new Problem(
    "bundle.invalid",
    `${path} cannot be imported: ${plainText(what).replace(/\.$/, "")}. Nothing was kept of it.`,
    { cause },
  );

/** Characters that steer a terminal or turn the direction of writing are shown, not obeyed. */
function plainText(words: string): string {
  return words.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (found) =>
    found === "\n" ? " " : "�",
  );
}

function refusePrototypes(key: string, value: unknown): unknown {
  if (key === "__proto__") throw new SyntaxError("a key is named __proto__");
  return value;
}

function requireKnownVersion(json: unknown, path: string): void {
  const start = v.safeParse(v.object({ format: v.string(), version: v.number() }), json);
  if (!start.success || start.output.format !== bundleFormat)
    throw invalidBundle(path, "it is no bundle of a run");
  if (start.output.version <= newestVersion) return;
  throw new Problem(
    "bundle.newer",
    `${path} was written by a newer GAN Studio (its format is ${start.output.version}, this one knows ${newestVersion}). Update GAN Studio, or ask for a bundle of the older format. Nothing was kept of it.`,
  );
}

const plainDocument = (document: RunDocument): RunDocument => ({
  ...document,
  name: plainText(document.name),
  reason: document.reason === null ? null : plainText(document.reason),
  dataset: plainText(document.dataset),
  engine: document.engine === null ? null : plainText(document.engine),
});

/** Every file has the name of its step, steps rise, and none lies behind where the run stood. */
function checkPlaces(
  { place, measurements, samples, checkpoints, evaluations }: Manifest,
  damaged: (what: string) => Problem,
): void {
  if (measurements.file !== measurementsFile) throw damaged("measurements have a foreign name");
  checkSteps(samples, sampleFile);
  checkSteps(checkpoints, checkpointFile);
  const beyond = evaluations.find(({ step, epoch }) => step > place.step || epoch > place.epoch);
  if (beyond) throw damaged(`manifest evaluates step ${beyond.step}, where the run never was`);

  function checkSteps(
    rows: readonly { step: number; epoch: number; file: string }[],
    nameOf: (step: number) => string,
  ): void {
    let before = -1;
    for (const { step, epoch, file } of rows) {
      if (file !== nameOf(step)) throw damaged(`manifest names a foreign file «${file}»`);
      if (step <= before || step > place.step || epoch > place.epoch)
        throw damaged(`manifest names step ${step} where it cannot be`);
      before = step;
    }
  }
}

/** Some events are followed when the run goes on; these must be ones that could have been given. */
function checkCourse({ events, place }: Manifest, damaged: (what: string) => Problem): void {
  const rates = changesOf(events).flatMap(({ generator = 0, discriminator = 0 }) => [
    ...[generator, discriminator],
  ]);
  const updates = updatesChangesOf(events).map(({ discriminatorSteps }) => discriminatorSteps);
  const isPossible = [...rates, ...updates].every((value) => value >= 0 && value <= 1000);
  const origin = originOf(events) ?? { step: 0, epoch: 0, updates: 0 };
  const isBefore = origin.step <= place.step && origin.epoch <= place.epoch;
  if (!isPossible || !isBefore || origin.updates > origin.step * 1000)
    throw damaged("log tells of changes that nobody can have made");
}
