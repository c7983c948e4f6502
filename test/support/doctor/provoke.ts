/**
 * One run that is made ill on purpose: what the Doctor finds and when, and whether its first remedy,
 * applied as the studio applies it, clears that.
 */
import type { Dataset } from "../../../main/data/dataset.ts";
import { treatmentOf } from "../../../main/spec/doctor/apply.ts";
import type { Finding } from "../../../main/spec/doctor/finding.ts";
import { parseSpecification, type Specification } from "../../../main/spec/specification.ts";
import { findingsAfter, type Illness } from "../illnesses.ts";
import { watchedTraining, type WatchedOptions } from "../watched-training.ts";

/** Steps between two looks, and between two states that a fork can leave from. */
const every = 50;
export interface Provoked {
  /** Every finding with the first step at which it was told, in that order. */
  found: { step: number; finding: Finding }[];
  /** Whether one of those that are expected is among them; where it is harmless, whether there is none. */
  isFound: boolean;
  treatment: { how: string; cleared: boolean; after: Finding[] } | null;
}

interface Course {
  /** Steps until which it must be found. */
  steps: number;
  /** Whether to go on to the last of them once it is, for what else is found. */
  toTheEnd: boolean;
  /** Steps that the treated run goes on for. */
  treatedFor: number;
}

/** Looks as long as the course says, then applies the first remedy of what led the list when it was found. */
export async function provoke(
  illness: Illness,
  healthy: Specification,
  { steps, toTheEnd, treatedFor }: Course,
): Promise<Provoked> {
  const specification = illness.specification(healthy);
  const ill = illness.dataset ? { dataset: illness.dataset } : {};
  const training = await watchedTraining(specification, ill);
  const found: Provoked["found"] = [];
  const states = new Map<number, Awaited<ReturnType<typeof training.state>>>();
  let led: { step: number; finding: Finding } | null = null;
  let last = 0;
  for (let step = every; step <= steps && (toTheEnd || led === null); step += every) {
    last = step;
    const findings = await findingsAfter(training, specification, step);
    states.set(step, await training.state());
    for (const finding of findings) {
      if (!found.some(({ finding: { id } }) => id === finding.id)) found.push({ step, finding });
    }
    const [finding] = findings;
    if (finding && findings.some(({ id }) => illness.expected.includes(id))) {
      led ??= { step, finding };
    }
  }
  const { rows } = await training.until(last);
  await training.close();
  const isFound = illness.isHarmless?.(healthy) === true ? found.length === 0 : led !== null;
  if (!led) return { found, isFound, treatment: null };

  const { finding, step: foundAt } = led;
  const remedy = finding.remedies[0];
  if (!remedy) {
    if (!illness.dataset) return { found, isFound, treatment: null };
    // The cure is in the files: a new run with files that are as they should be.
    const after = await trainedOn(specification, {}, treatedFor);
    return {
      found,
      isFound,
      treatment: { ...judged(after, illness), how: "files mended, new run" },
    };
  }
  const places = [...states.keys()]
    .filter((step) => step <= foundAt)
    .map((step) => ({ step, epoch: step }));
  const treatment = treatmentOf({ specification, events: [], places }, finding, remedy);
  const from = treatment.by === "fork" ? treatment.epoch : 0;
  const state = states.get(from);
  // A fork brings its past along.
  const past = rows.filter(({ step }) => step <= from);
  const after = await trainedOn(
    parseSpecification(treatment.specification),
    { ...ill, ...(state && { state, from }) },
    from + treatedFor,
    past,
  );
  const how = `${state ? `fork at ${from.toString()}` : "new run"} with ${remedy.title}`;
  return { found, isFound, treatment: { ...judged(after, illness), how } };
}

type Rows = Parameters<typeof findingsAfter>[3];

async function trainedOn(
  specification: Specification,
  options: WatchedOptions & { dataset?: (dataset: Dataset) => Dataset },
  steps: number,
  past: Rows = [],
): Promise<Finding[]> {
  const training = await watchedTraining(specification, options);
  const findings = await findingsAfter(training, specification, steps, past);
  await training.close();
  return findings;
}

const judged = (after: Finding[], { expected }: Illness) => ({
  after,
  cleared: !after.some(({ id, severity }) => expected.includes(id) && severity !== "note"),
});
