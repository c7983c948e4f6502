/**
 * Kills real small runs at random times, and at every named point of the code that stores them, and
 * looks whether anything was lost.
 * `npm run test:crash -- [--kills N] [--engine tensorflow|wasm|both] [--seed S] [--no-failpoints]
 * [--only NAME]`: N kills of the training process and N of the main one, shared among the engines; of
 * the failpoints those whose name begins so.
 */
import { parseArgs } from "node:util";
import type { EngineName } from "../../main/engine/backend/backend.ts";
import { seeded } from "../main/files/support/random.ts";
import { failpointTrials } from "./failpoint-trials.ts";
import { undisturbed, type Trial } from "./course.ts";
import type { Course as Traces } from "./invariants.ts";
import { killedAgainAndAgain } from "./lineage.ts";
import { crashPresets, crashSpecification } from "./specifications.ts";
import { failuresOf, noTotals, tableOf } from "./totals.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "20" },
    engine: { type: "string", default: "both" },
    seed: { type: "string", default: "1" },
    failpoints: { type: "boolean", default: true },
    only: { type: "string", default: "" },
  },
  allowNegative: true,
});

/** Enough that a run outlives its kills, and that old checkpoints are dropped. */
const epochs = { killed: 40, atFailpoints: 14 };

const wanted = Number(values.kills);
const { only } = values;
const engines: EngineName[] =
  values.engine === "tensorflow" || values.engine === "wasm"
    ? [values.engine]
    : ["tensorflow", "wasm"];
/** Kills of each kind that one run goes through before it may finish. */
const killsARun = Math.min(4, Math.ceil(wanted / engines.length));
const random = seeded(Number(values.seed));
const totals = noTotals();
const began = performance.now();

const tell = (line: string) => process.stdout.write(`${line}\n`);

const trials: Trial[] = engines.flatMap((engine) =>
  crashPresets.map((preset, place) => ({
    engine,
    // TensorFlow's steps are compiled for every other preset, the portable engine's never.
    eager: place % 2 === 1,
    specification: crashSpecification(preset, epochs.killed),
  })),
);
const references = new Map<Trial, Traces>();
const referenceOf = async (trial: Trial) => {
  const known = references.get(trial) ?? (await undisturbed(trial));
  references.set(trial, known);
  return known;
};

const watch = { totals, random, tell };
for (let run = 0; totals.killsOfTraining < wanted || totals.killsOfMain < wanted; run++) {
  // Engine after engine, and of each its presets in turn.
  const { length: count } = crashPresets;
  const engine = run % engines.length;
  const trial = trials[engine * count + (Math.floor(run / engines.length) % count)] as Trial;
  const left = (done: number) => Math.max(0, Math.min(killsARun, wanted - done));
  const targets = [
    ...Array.from({ length: left(totals.killsOfTraining) }, () => "training" as const),
    ...Array.from({ length: left(totals.killsOfMain) }, () => "main" as const),
  ].sort(() => random(3) - 1);
  await killedAgainAndAgain(trial, targets, await referenceOf(trial), watch);
  const { killsOfTraining, killsOfMain } = totals;
  const seconds = Math.round((performance.now() - began) / 1000);
  tell(
    `${trial.engine} ${String(trial.specification.preset)}: ${killsOfTraining} and ${killsOfMain} kills, ${failuresOf(totals)} findings, ${seconds} s`,
  );
}
if (values.failpoints) {
  for (const engine of engines) {
    const specification = crashSpecification(crashPresets[0], epochs.atFailpoints);
    const trial = { engine, eager: false, specification };
    await failpointTrials(trial, await undisturbed(trial), watch, (name) => name.startsWith(only));
  }
}

const seconds = Math.round((performance.now() - began) / 1000);
tell(`\n${tableOf(totals)}\n`);
tell(JSON.stringify({ ...totals, engines, seconds }));
process.exitCode = failuresOf(totals) === 0 ? 0 : 1;
