/** From what was asked for to the session's job: which checkpoint, what fits it, what is told of it. */
import { exportKinds, type ExportFormatId } from "../../contract/exports.ts";
import type { Payload } from "../../contract/commands.ts";
import { downloadIds } from "../../spec/downloads.ts";
import { Problem } from "../../spec/problem.ts";
import { metricNames, metrics } from "../../spec/evaluation.ts";
import { parseSpecification, type Specification } from "../../spec/specification.ts";
import { newestIntactCheckpoint } from "../../store/checkpoints-read.ts";
import { listCheckpoints, type CheckpointRow } from "../../store/checkpoints.ts";
import { listDatasets } from "../../store/datasets.ts";
import { listEvaluations } from "../../store/evaluations.ts";
import type { Home } from "../../store/home.ts";
import { runFile } from "../../store/layout.ts";
import { readLosses } from "../../store/losses.ts";
import { getRun, getSpecification } from "../../store/runs.ts";
import { listSamples } from "../../store/samples.ts";
import type { ExportJob, RunFacts } from "../../training/export-messages.ts";
import { version } from "../system/version.ts";

export type Wanted = Payload<"exports.archive">;

/** Throws `usage`, `run.unknown`, `run.nocheckpoint`, `checkpoint.damaged`. */
export async function exportJob(home: Home, wanted: Wanted, archive: boolean): Promise<ExportJob> {
  const { id, player = "generator", half = false, layout = "pytorch", batch = null } = wanted;
  const run = getRun(home, id);
  const specification = parseSpecification(getSpecification(home, id));
  const formats = [...new Set(wanted.formats)];
  requirePlayer(formats, player);
  const average = averageOf(specification, wanted);
  const checkpoint = checkpointOf(home, wanted);
  const intact = await newestIntactCheckpoint(home, id, checkpoint.step);
  if (intact.checkpoint.step !== checkpoint.step) {
    throw new Problem(
      "checkpoint.damaged",
      `The checkpoint of step ${checkpoint.step} is damaged; the newest intact one before it is of epoch ${intact.checkpoint.epoch}, step ${intact.checkpoint.step}.`,
    );
  }
  const sheets = listSamples(home, id)
    .filter(({ step }) => step <= checkpoint.step)
    .map(({ file, sha256 }) => ({ path: runFile(home.folder, id, file), sha256 }));
  return {
    kind: "export",
    ...{ specification, engine: "auto", player, average, formats, archive, sheets },
    from: { path: intact.path, sha256: checkpoint.sha256 },
    options: { half, layout, batch },
    samples: { count: wanted.count ?? 64, seed: wanted.seed ?? 0 },
    run: { ...factsOf(home, specification, run), ...placeOf(home, id, checkpoint) },
  };
}

function requirePlayer(formats: readonly ExportFormatId[], player: string): void {
  const drawn = formats.find((format) => exportKinds[format].holds !== "model");
  if (player === "generator" || drawn === undefined) return;
  throw new Problem(
    "usage",
    `«${drawn}» is of images, which the generator draws; leave it out, or export the generator.`,
  );
}

function averageOf({ generatorAverage }: Specification, { player, average }: Wanted): boolean {
  if (average === true && player !== "discriminator" && generatorAverage === null) {
    throw new Problem("usage", "The run keeps no moving average of its generator; leave it out.");
  }
  return player !== "discriminator" && generatorAverage !== null && average !== false;
}

/** The one that was asked for; of several in an epoch the last, which closes it. */
function checkpointOf(home: Home, { id, step, epoch }: Wanted): CheckpointRow {
  const kept = listCheckpoints(home, id);
  const found =
    step !== undefined
      ? kept.find((checkpoint) => checkpoint.step === step)
      : epoch !== undefined
        ? kept.find((checkpoint) => checkpoint.epoch === epoch)
        : kept.at(-1);
  if (found) return found;
  if (kept.length === 0) {
    throw new Problem(
      "run.nocheckpoint",
      `The run ${id} has no checkpoint yet, so there is nothing to export; one is written at the end of the first epoch, or by «save now».`,
    );
  }
  const has =
    step === undefined
      ? `epoch ${epoch}. It has: ${[...new Set(kept.map((one) => one.epoch))].join(", ")}`
      : `step ${step}. It has: ${kept.map((one) => one.step).join(", ")}`;
  throw new Problem("run.nocheckpoint", `The run ${id} keeps no checkpoint of ${has}.`);
}

/** What the run is, whatever the checkpoint. */
function factsOf(
  home: Home,
  { data: { source } }: Specification,
  { id, name, dataset }: { id: string; name: string; dataset: string },
): Omit<RunFacts, "step" | "epoch" | "losses" | "metrics"> {
  const text = JSON.stringify(source);
  const row = listDatasets(home).find((candidate) => JSON.stringify(candidate.source) === text);
  const download = downloadIds.find((candidate) => candidate === row?.id) ?? null;
  const isDigits = source.kind === "digits";
  return {
    ...{ id, name, dataset, version },
    publicData: isDigits ? "digits" : download,
    classNames: isDigits ? Array.from("0123456789") : (row?.classNames ?? []),
  };
}

/** What the checkpoint's newest evaluation found, each value with its 95 % interval. */
function metricsOf(home: Home, id: string, step: number): RunFacts["metrics"] {
  const last = listEvaluations(home, id).findLast((evaluation) => evaluation.step === step);
  if (!last) return [];
  const { protocol, values } = last;
  const basis = `over ${protocol.images} images, ${protocol.features.network} features`;
  return metricNames.flatMap((metric) => {
    const found = values[metric];
    if (!found) return [];
    const [value, low, high] = [found.value, found.low, found.high].map((one) =>
      Number.isFinite(one) ? one.toPrecision(4) : "no number",
    );
    return [[metrics[metric].title, `${value ?? ""} (${low ?? ""} to ${high ?? ""}; ${basis})`]];
  });
}

/** The last losses that were measured up to the checkpoint. */
function placeOf(home: Home, id: string, { step, epoch }: CheckpointRow) {
  const course = readLosses(home, id, -1);
  const place = course.steps.findLastIndex((measured) => measured <= step);
  const [generator, discriminator] = [course.generator[place], course.discriminator[place]];
  const losses =
    generator === undefined || discriminator === undefined ? null : { generator, discriminator };
  return { step, epoch, losses, metrics: metricsOf(home, id, step) };
}
