/**
 * The Doctor against real runs: which illness is found as what and when, whether its first remedy
 * clears it, and what is said of healthy runs of the presets, where every warning is one too many.
 *
 *   node test/bench/doctor.ts ill [STEPS]
 *   node test/bench/doctor.ts healthy [STEPS [SEEDS [PRESETS]]]      e.g. healthy 785 1,2 dcgan-bce
 */
import { treatmentOf } from "../../main/spec/doctor/apply.ts";
import type { Finding } from "../../main/spec/doctor/finding.ts";
import { presetOf, presets } from "../../main/spec/presets.ts";
import { parseSpecification, type Specification } from "../../main/spec/specification.ts";
import {
  convolutionalRun,
  denseRun,
  findingsAfter,
  illnesses,
  type Illness,
} from "../support/illnesses.ts";
import { scaledDown } from "../support/scaled-down.ts";
import { watchedTraining } from "../support/watched-training.ts";

const print = (line: string) => process.stdout.write(`${line}\n`);

const words = (findings: readonly Finding[]): string =>
  findings.map(({ id, severity, since }) => `${id} (${severity}, since ${since})`).join(", ") ||
  "nothing";

const measuredOften = (specification: Specification): Specification => ({
  ...specification,
  outputs: { ...specification.outputs, measureEvery: 10 },
});

const small: Record<string, () => Specification> = {
  dense: denseRun,
  convolutional: convolutionalRun,
  "lsgan-dc/8": () => presetFor("lsgan-dc/8"),
};

/** Steps between two looks, and between two states that a fork can leave from. */
const every = 50;

/** What was found first at which step; then the first remedy of what leads the list is applied. */
async function provoke(illness: Illness, healthy: Specification, steps: number): Promise<void> {
  const specification = illness.specification(healthy);
  const options = illness.dataset ? { dataset: illness.dataset } : {};
  const training = await watchedTraining(specification, options);
  const first = new Map<string, string>();
  const states = new Map<number, Awaited<ReturnType<typeof training.state>>>();
  let led: { step: number; finding: Finding; wanted: Finding } | null = null;
  for (let step = every; step <= steps; step += every) {
    const findings = await findingsAfter(training, specification, step);
    states.set(step, await training.state());
    for (const { id, severity } of findings) {
      if (!first.has(id)) first.set(id, `${id} at ${step} (${severity})`);
    }
    const wanted = findings.find(({ id }) => illness.expected.includes(id));
    const [finding] = findings;
    if (wanted && finding) led ??= { step, finding, wanted };
  }
  await training.close();
  print(`  ${illness.name}: ${[...first.values()].join(", ") || "nothing"}`);
  const remedy = led?.finding.remedies[0];
  if (!led || !remedy) return;
  const { finding, wanted, step: foundAt } = led;
  const places = [...states.keys()]
    .filter((step) => step <= foundAt)
    .map((step) => ({ step, epoch: step }));
  const treatment = treatmentOf({ specification, events: [], places }, finding, remedy);
  const from = treatment.by === "fork" ? treatment.epoch : 0;
  const state = states.get(from);
  const changed = parseSpecification(treatment.specification);
  const treated = await watchedTraining(changed, { ...options, ...(state && { state, from }) });
  const after = await findingsAfter(treated, changed, from + 300);
  await treated.close();
  const cleared = !after.some(({ id }) => id === wanted.id);
  const how = state ? `fork at step ${from}` : "new run";
  print(`    ${how} with ${remedy.title}: ${cleared ? "cleared" : "stays"}; then ${words(after)}`);
}

/** A preset, or with «/8» behind its id one with an eighth of its units. */
function presetFor(id: string): Specification {
  const { specification } = presetOf(id.replace(/\/8$/, ""));
  return measuredOften(id.endsWith("/8") ? scaledDown(specification, 32) : specification);
}

async function watchHealthy(id: string, seed: number, steps: number): Promise<void> {
  const base = small[id]?.() ?? presetFor(id);
  const specification = { ...base, seed };
  const training = await watchedTraining(specification);
  const told = new Map<string, string>();
  for (let step = 50; step <= steps; step += 50) {
    for (const finding of await findingsAfter(training, specification, step)) {
      if (!told.has(finding.id)) told.set(finding.id, `${words([finding])} at ${step}`);
    }
  }
  const { spent } = training;
  const cost = ((100 * spent.checkups) / (spent.steps + spent.checkups)).toFixed(1);
  print(
    `  ${id}, seed ${seed}: ${[...told.values()].join(", ") || "nothing"} (checkups ${cost} %)`,
  );
  await training.close();
}

const [mode = "ill", ...rest] = process.argv.slice(2);
if (mode === "ill") {
  for (const [name, healthy] of Object.entries(small)) {
    print(name);
    for (const illness of Object.values(illnesses)) {
      await provoke(illness, healthy(), Number(rest[0] ?? 300));
    }
  }
} else {
  const [steps = "785", seeds = "1,2", chosen = ""] = rest;
  const ids = chosen === "" ? presets.map(({ id }) => id) : chosen.split(",");
  print(`healthy, ${steps} steps`);
  for (const id of ids) {
    for (const seed of seeds.split(",")) await watchHealthy(id, Number(seed), Number(steps));
  }
}
