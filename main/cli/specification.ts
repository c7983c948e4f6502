/** The specification that a command line describes: a preset or a file, and what is changed in it. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { splitOf, type DataSource } from "../spec/data.ts";
import { isRecord } from "../spec/form.ts";
import { presetOf, presets } from "../spec/presets.ts";
import { Problem } from "../spec/problem.ts";
import { parseSpecification, type Specification } from "../spec/specification.ts";

export interface Origin {
  preset?: string;
  spec?: string;
}

export interface Changes {
  epochs?: number;
  steps?: number;
  seed?: number;
}

/** Throws `usage` unless exactly one origin is named, `preset.unknown`, `spec.invalid`, `spec.shape`. */
export async function readSpecification(origin: Origin, folder: string): Promise<Specification> {
  const { preset, spec } = origin;
  if (preset !== undefined && spec !== undefined) {
    throw new Problem("usage", "--preset and --spec are two answers to one question; give one.");
  }
  if (preset !== undefined) return presetOf(preset).specification;
  if (spec !== undefined) return readFromFile(resolve(folder, spec));
  const names = presets.map(({ id }) => id).join(", ");
  throw new Problem("usage", `Say what to train: --preset NAME (${names}) or --spec FILE.`);
}

async function readFromFile(path: string): Promise<Specification> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    const reason =
      (cause as NodeJS.ErrnoException).code === "ENOENT"
        ? "it does not exist"
        : "it is not readable";
    throw new Problem("usage", `The specification ${path} cannot be read: ${reason}.`, { cause });
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    const where = cause instanceof Error ? ` (${cause.message})` : "";
    throw new Problem("spec.invalid", `${path} is not JSON${where}.`, { cause });
  }
  return parseSpecification(specificationIn(json));
}

/** What `show --json` and `presets NAME --json` print holds one beside other things. */
const specificationIn = (json: unknown): unknown =>
  isRecord(json) && "specification" in json && !("version" in json) ? json.specification : json;

/** `images`: how many the data set holds, so that a number of steps can be turned into epochs. */
export function changed(
  specification: Specification,
  { epochs, steps, seed }: Changes,
  data: { source: DataSource; images: number },
): Specification {
  const { loop } = specification;
  const next = {
    ...specification,
    seed: seed ?? specification.seed,
    data: { ...specification.data, source: data.source },
  };
  return {
    ...next,
    loop: {
      ...loop,
      steps: steps ?? loop.steps,
      epochs: epochs ?? (steps === undefined ? loop.epochs : epochsFor(next, steps, data.images)),
    },
  };
}

/** Who asks for steps alone wants that many, not as many as the preset's epochs happen to hold. */
function epochsFor({ data, loop }: Specification, steps: number, images: number): number {
  const round = loop.lastBatch === "drop" ? Math.floor : Math.ceil;
  const batches = round(splitOf(data, images).training.count / loop.batchSize);
  const stepsPerEpoch = Math.floor(batches / loop.discriminatorSteps);
  // Too few images for a step: training says so, with the figures.
  return stepsPerEpoch === 0 ? loop.epochs : Math.ceil(steps / stepsPerEpoch);
}
