/** A run of a preset as it is meant, watched by the Doctor: whatever it warns of is one warning too many. */
import type { DataSource } from "../../../main/spec/data.ts";
import type { Finding } from "../../../main/spec/doctor/finding.ts";
import { presetOf } from "../../../main/spec/presets.ts";
import type { Specification } from "../../../main/spec/specification.ts";
import { findingsAfter } from "../illnesses.ts";
import { scaledDown } from "../scaled-down.ts";
import { watchedTraining } from "../watched-training.ts";
import { resizedTo } from "./resized-images.ts";

/** Steps between two looks of the Doctor. */
const every = 50;

interface Told {
  finding: Finding;
  /** The steps of the first and the last look that told it. */
  first: number;
  last: number;
}

export interface Watched {
  steps: number;
  /** One a finding, at its worst severity. */
  told: Told[];
  /** Diversity of the images at the end, 1 as real ones. */
  diversity: number;
  /** Share of the time that checkups took. */
  checkups: number;
  seconds: number;
}

/** Measured every ten steps; with «/8» behind its id, a preset with an eighth of its units. */
export function presetFor(id: string, source?: DataSource): Specification {
  const { specification } = presetOf(id.replace(/\/8$/, ""));
  const chosen = id.endsWith("/8") ? scaledDown(specification, 32) : specification;
  return {
    ...chosen,
    data: source ? { ...chosen.data, source } : chosen.data,
    outputs: { ...chosen.outputs, measureEvery: 10 },
  };
}

/** So many epochs of so many images; `images` null for as many as the preset trains on. */
export async function watchHealthy(
  base: Specification,
  { seed, epochs, images }: { seed: number; epochs: number; images: number | null },
): Promise<Watched> {
  const { data } = base;
  const specification: Specification = {
    ...base,
    seed,
    data: { ...data, training: images ?? data.training },
  };
  const training = await watchedTraining(specification, {
    dataset: resizedTo(specification.image),
  });
  const steps = training.stepsInEpoch * epochs;
  const told = new Map<string, Told>();
  for (let step = every; step < steps + every; step += every) {
    const looked = Math.min(step, steps);
    for (const finding of await findingsAfter(training, specification, looked)) {
      const before = told.get(finding.id);
      const worse = before && isWorse(before.finding, finding) ? before.finding : finding;
      told.set(finding.id, { finding: worse, first: before?.first ?? looked, last: looked });
    }
  }
  const { rows } = await training.until(steps);
  await training.close();
  const { spent } = training;
  return {
    ...{ steps, told: [...told.values()] },
    diversity: rows.findLast(({ checkup }) => checkup)?.checkup?.diversity ?? NaN,
    checkups: spent.checkups / (spent.steps + spent.checkups),
    seconds: (spent.steps + spent.checkups) / 1000,
  };
}

const order = ["note", "warning", "serious"];
const isWorse = (a: Finding, b: Finding): boolean =>
  order.indexOf(a.severity) > order.indexOf(b.severity);
