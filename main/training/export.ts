/**
 * An exporting session: reads a checkpoint, computes what the engine itself makes of the run's fixed
 * noise, writes each format in memory, loads it again from those bytes and compares. Only what agrees is
 * handed over; the owner puts it on the disk as one.
 */
import { zipSync, type ZipOptions } from "fflate";
import { loadBackend } from "../engine/backend/backend.ts";
import { buildGan } from "../engine/gan.ts";
import { encodeText } from "../exporting/bytes.ts";
import { cardName, modelCard } from "../exporting/card.ts";
import { largestAllowed, largestDifference } from "../exporting/difference.ts";
import type { ExportedFile, ExportFormat } from "../exporting/format.ts";
import { formats as modelFormats } from "../exporting/formats.ts";
import { exactOutput, isSameNetwork } from "../exporting/exact.ts";
import { exportModel, type ExportModel, type ExportSource } from "../exporting/model.ts";
import { loadingOf } from "../exporting/card-loading.ts";
import { networkOf } from "../exporting/html/html.ts";
import { engineOutput } from "../exporting/reference.ts";
import { Problem } from "../spec/problem.ts";
import { readCheckpoint } from "./checkpoint.ts";
import { cardOf, factsOf } from "./export-card.ts";
import { fixedInputs, type FixedInputs } from "./export-inputs.ts";
import { writeImages } from "./export-images.ts";
import { writePage } from "./export-page.ts";
import type {
  Exported,
  ExportJob,
  ExportStage,
  WantedFormat,
  WrittenFormat,
} from "./export-messages.ts";

interface Prepared {
  job: ExportJob;
  source: ExportSource;
  model: ExportModel;
  inputs: FixedInputs;
  /** The engine's own numbers for them. */
  reference: Float32Array;
  /** The same nearly without rounding, computed when a format asks first: large networks take long. */
  exact: () => Float32Array;
}

interface Part {
  written: WrittenFormat;
  files: readonly ExportedFile[];
}

/** Throws `checkpoint.damaged`, `engine.*`, `export.unsupported` or `export.mismatch`. */
export async function exportRun(
  job: ExportJob,
  report: (stage: ExportStage) => void,
): Promise<Exported> {
  const { specification, player, average } = job;
  const { state, generatorOnly } = await readCheckpoint(buildGan(specification), job.from);
  if (generatorOnly === true && player === "discriminator") {
    throw new Problem(
      "run.state",
      "This run was opened from an export of its generator; there is no discriminator to export.",
    );
  }
  await loadBackend(job.engine);
  const source = { specification, state, player, useAverage: average, facts: factsOf(job) };
  const inputs = await fixedInputs(source, job.options.batch);
  const model = exportModel(source);
  let exact: Float32Array | null = null;
  const prepared: Prepared = {
    ...{ job, source, inputs, model },
    reference: await engineOutput(source, inputs),
    exact: () => (exact ??= exactOutput(model, inputs)),
  };
  const parts: Part[] = [];
  for (const format of job.formats) {
    const tell = (stage: ExportStage["stage"]) => {
      report({ format, stage, done: parts.length, total: job.formats.length });
    };
    parts.push(await writePart(prepared, format, tell));
  }
  const written = parts.map((part) => part.written);
  const card = modelCard(cardOf(job, prepared.model, written));
  const files = [
    ...parts.flatMap((part) => part.files),
    { path: cardName, content: encodeText(card) },
  ];
  return { formats: written, files: job.archive ? [archiveOf(files)] : files };
}

async function writePart(
  prepared: Prepared,
  format: WantedFormat,
  tell: (stage: ExportStage["stage"]) => void,
): Promise<Part> {
  tell("writing");
  switch (format) {
    case "png":
    case "npy":
    case "gif":
    case "webp":
      return partOf(prepared, format, await writeImages(prepared, format), null);
    case "html": {
      const file = writePage(prepared);
      tell("checking");
      const network = networkOf(new TextDecoder().decode(file.content));
      const { values, count, labels } = prepared.inputs;
      const difference = differenceOf(prepared, format, network(values, count, labels ?? null));
      return partOf(prepared, format, [file], difference);
    }
    case "tfjs":
    case "safetensors":
    case "onnx":
    case "keras":
    case "pytorch": {
      const model = modelFormat(format);
      const files = await model.write(prepared.model, prepared.job.options);
      tell("checking");
      const computed = await model.run(files, prepared.inputs);
      return partOf(prepared, format, files, differenceOf(prepared, format, computed));
    }
  }
}

function modelFormat(id: WantedFormat): ExportFormat {
  const format = modelFormats.find((candidate) => candidate.id === id);
  if (format) return format;
  throw new Problem("usage", `There is no export format «${id}».`);
}

/**
 * In half precision only what is no number is wrong. In full precision what differs is, unless the
 * engine's own rounding is what differs.
 */
function differenceOf(
  { job, reference, exact }: Prepared,
  format: WantedFormat,
  computed: Float32Array,
): number {
  const difference = largestDifference(reference, computed);
  const isRight = isHalf(job, format)
    ? Number.isFinite(difference)
    : isSameNetwork({ engine: reference, exported: computed }, exact);
  if (isRight) return difference;
  const apart = Number.isFinite(difference)
    ? `differs from the studio's own by ${difference.toExponential(1)}, more than ${largestAllowed.toExponential(0)}`
    : "gives values that are no numbers";
  throw new Problem(
    "export.mismatch",
    `Nothing was written: read again, the export as ${format} ${apart}. Leave this format out, or choose another checkpoint.`,
  );
}

const isHalf = ({ options }: ExportJob, format: WantedFormat): boolean =>
  options.half &&
  (format === "html" ||
    modelFormats.some(({ id, options: takes }) => id === format && takes.includes("half")));

const checkers: Partial<Record<WantedFormat, string>> = {
  html: "the page's own interpreter, in Node",
  png: "reading the picture again",
  npy: "its size and shape",
  gif: "drawing from the run's stored grids",
  webp: "drawing from the run's stored grids",
};

function partOf(
  { job, model }: Prepared,
  format: WantedFormat,
  made: readonly ExportedFile[],
  difference: number | null,
): Part {
  // Several files of one format among other formats get a folder of their own.
  const folder = made.length > 1 && job.formats.length > 1 ? `${format}/` : "";
  const files = made.map(({ path, content }) => ({ path: `${folder}${path}`, content }));
  const known = modelFormats.find(({ id }) => id === format);
  const paths = files.map(({ path }) => path);
  const main = paths.find((path) => path.endsWith("model.json")) ?? paths[0] ?? "";
  const loading =
    known || format === "html"
      ? loadingOf(known?.id ?? "html", model, main.slice(folder.length), batchOf(job, known))
      : null;
  const bytes = files.reduce((sum, { content }) => sum + content.length, 0);
  const checkedBy = known?.checkedBy ?? checkers[format] ?? "";
  const title = known?.title ?? titles[format] ?? format;
  const told = { format, title, files: paths, bytes, difference, checkedBy, loading };
  return { files, written: { ...told, half: isHalf(job, format) } };
}

const titles: Partial<Record<WantedFormat, string>> = {
  html: "Web page",
  png: "Images of the fixed noise",
  npy: "New samples",
  gif: "Time-lapse",
  webp: "Time-lapse",
};

const batchOf = ({ options }: ExportJob, format: ExportFormat | undefined): number | null =>
  format?.options.includes("batch") ? options.batch : null;

function archiveOf(files: readonly ExportedFile[]): ExportedFile {
  const entries = files.map(({ path, content }) => {
    // Weights and pictures hardly shrink; text does.
    const level = /\.(?:md|json|py|html|txt)$/.test(path) ? 6 : 0;
    return [path, [content, { level }] as [Uint8Array, ZipOptions]] as const;
  });
  // A fixed time: the same export is the same archive.
  const content = zipSync(Object.fromEntries(entries), { mtime: new Date(2000, 0, 1) });
  return { path: "export.zip", content };
}
