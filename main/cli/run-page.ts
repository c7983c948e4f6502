/** A run as a page of text: what was asked for, how it went, epoch by epoch, and where it lies. */
import { join } from "node:path";
import type { RunDetail, RunSummary } from "../contract/runs.ts";
import { equilibriumOf } from "../spec/equilibria.ts";
import { specificationAt } from "../spec/fork.ts";
import type { Loss } from "../spec/losses.ts";
import { inferSpecification, type Specification } from "../spec/specification.ts";
import type { EpochMeans } from "./epoch-means.ts";
import { epochTable } from "./epoch-table.ts";
import { bytes, count, duration, moment, plural } from "./format.ts";
import { historyText } from "./history-text.ts";
import { facts } from "./table.ts";
import { withBalance } from "./watch.ts";

export function runPage(detail: RunDetail, epochs: readonly EpochMeans[], home: string): string {
  const { run, specification, checkpoints, samples, events } = detail;
  const folder = join(home, "runs", run.id);
  const balance = equilibriumOf(specification.loss);
  const page = facts([
    ["Run", run.id],
    ["Name", run.name],
    ["Tags", run.tags.join(", ")],
    ["Status", run.reason === null ? run.status : `${run.status}: ${run.reason}`],
    ["Started", moment(run.createdAt)],
    ["Forked from", parentOf(run)],
    ["Group", run.group && `${run.group.id}: ${run.group.name}, ${plural(run.group.runs, "run")}`],
    ["Preset", run.preset],
    ...settings(detail),
    ["Engine", run.engine],
    ["Holds", holds(detail)],
    ["Done", `epoch ${count(run.epoch)} of ${count(run.epochs)}, step ${count(run.step)}`],
    ["Losses", run.losses && withBalance(run.losses, balance)],
    ["Time", duration(run.seconds)],
    ["Files", folder],
    [
      "",
      `${plural(checkpoints.length, "checkpoint")}, ${plural(samples.length, "sample grid")}, ${bytes(detail.bytes)} in all`,
    ],
  ]);
  return `${page}${epochTable(epochs)}${historyText(events)}`;
}

const parentOf = ({ parent }: RunSummary): string | null =>
  parent && `${parent.run} after epoch ${count(parent.epoch)}, step ${count(parent.step)}`;

/** A run that was taken in by «open» looks finished otherwise. */
const holds = ({ events }: RunDetail): string | null =>
  events.some(({ kind }) => kind === "opened")
    ? "the generator alone, from an export; it cannot be trained on, and its data must be named to be used"
    : null;

/** Learning rates and k as they are in force at its end, and what they were at first where that differs. */
function settings(detail: RunDetail): [label: string, value: string][] {
  const { specification, events } = detail;
  const { dataset } = detail.run;
  const { image, loop, optimizers, latent, seed } = specificationAt(
    specification,
    events,
    Infinity,
  );
  const { generator, discriminator } = inferSpecification(specification);
  const size = `${image.height}×${image.width}×${image.channels}`;
  const [g, d] = [optimizers.generator, optimizers.discriminator];
  const [rates, before] = [ratesText(optimizers), ratesText(specification.optimizers)];
  const changed = rates === before ? "" : ` (at first: ${before})`;
  return [
    ["Data", `${dataset}, ${size}, batches of ${count(loop.batchSize)}`],
    [
      "Networks",
      `G ${count(generator.parameters)} parameters from ${count(latent.size)} ${latent.distribution} numbers, ` +
        `D ${count(discriminator.parameters)} parameters`,
    ],
    ["Loss", lossName(specification.loss)],
    ["Optimizers", `${[...new Set([g.kind, d.kind])].join(" and ")}, ${rates}${changed}`],
    ["Updates", updatesText(loop.discriminatorSteps, specification.loop.discriminatorSteps)],
    ["Seed", String(seed)],
  ];
}

const ratesText = ({ generator: g, discriminator: d }: Specification["optimizers"]): string =>
  g.learningRate === d.learningRate
    ? `learning rate ${g.learningRate}`
    : `learning rates G ${g.learningRate}, D ${d.learningRate}`;

/** Empty for the usual one a step, which needs no word. */
const updatesText = (now: number, first: number): string =>
  now === 1 && first === 1
    ? ""
    : `${plural(now, "discriminator update")} a step${now === first ? "" : ` (at first: ${first})`}`;

const lossNames: Record<Loss["kind"], string> = {
  minimax: "minimax",
  nonSaturating: "non-saturating",
  binaryCrossEntropy: "binary cross-entropy",
  leastSquares: "least squares",
  wasserstein: "Wasserstein",
  hinge: "hinge",
};

const lossName = (loss: Loss): string =>
  "realLabel" in loss
    ? `${lossNames[loss.kind]}, labels ${loss.realLabel} for real and ${loss.fakeLabel} for generated`
    : lossNames[loss.kind];
