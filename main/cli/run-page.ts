/** A run as a page of text: what was asked for, how it went, epoch by epoch, and where it lies. */
import { join } from "node:path";
import type { Measure, Measurements, RunDetail } from "../contract/runs.ts";
import { equilibriumOf } from "../spec/equilibria.ts";
import type { Loss } from "../spec/losses.ts";
import { inferSpecification, type Specification } from "../spec/specification.ts";
import { bytes, count, duration, figure, moment, plural } from "./format.ts";
import { facts, table } from "./table.ts";
import { withBalance } from "./watch.ts";

/** Epochs that are listed; of longer runs the last ones. */
const listed = 30;

export function runPage(detail: RunDetail, measured: Measurements, home: string): string {
  const { run, specification, checkpoints, samples } = detail;
  const folder = join(home, "runs", run.id);
  const balance = equilibriumOf(specification.loss);
  const page = facts([
    ["Run", run.id],
    ["Name", run.name],
    ["Status", run.reason === null ? run.status : `${run.status}: ${run.reason}`],
    ["Started", moment(run.createdAt)],
    ...settings(specification, run.dataset),
    ["Engine", run.engine],
    ["Done", `epoch ${count(run.epoch)} of ${count(run.epochs)}, step ${count(run.step)}`],
    ["Losses", run.losses && withBalance(run.losses, balance)],
    ["Time", duration(run.seconds)],
    ["Files", folder],
    [
      "",
      `${plural(checkpoints.length, "checkpoint")}, ${plural(samples.length, "sample grid")}, ${bytes(detail.bytes)} in all`,
    ],
  ]);
  return `${page}${epochTable(detail, measured)}`;
}

function settings(specification: Specification, dataset: string): [label: string, value: string][] {
  const { image, loop, optimizers, latent, seed } = specification;
  const { generator, discriminator } = inferSpecification(specification);
  const size = `${image.height}×${image.width}×${image.channels}`;
  const [g, d] = [optimizers.generator, optimizers.discriminator];
  const rates =
    g.learningRate === d.learningRate
      ? `learning rate ${g.learningRate}`
      : `learning rates G ${g.learningRate}, D ${d.learningRate}`;
  return [
    ["Data", `${dataset}, ${size}, batches of ${count(loop.batchSize)}`],
    [
      "Networks",
      `G ${count(generator.parameters)} parameters from ${count(latent.size)} ${latent.distribution} numbers, ` +
        `D ${count(discriminator.parameters)} parameters`,
    ],
    ["Loss", lossName(specification.loss)],
    ["Optimizers", `${[...new Set([g.kind, d.kind])].join(" and ")}, ${rates}`],
    ["Seed", String(seed)],
  ];
}

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

function epochTable({ samples }: RunDetail, measured: Measurements): string {
  const closings = samples.filter(({ closesEpoch }) => closesEpoch);
  if (closings.length === 0) return "";
  const shown = closings.slice(-listed);
  const before = closings.length - shown.length;
  const rows = shown.map(({ epoch, step }, i) => {
    const from = shown[i - 1]?.step ?? closings[before - 1]?.step ?? 0;
    const mean = (measure: Measure) => figure(meanBetween(measured, measure, from, step));
    return [
      ...[count(epoch), count(step), mean("lossDiscriminator"), mean("lossGenerator")],
      ...[mean("scoreReal"), mean("scoreGenerated")],
    ];
  });
  const titles = ["EPOCH", "STEP", "D LOSS", "G LOSS", "D(REAL)", "D(GENERATED)"];
  const note = before > 0 ? `(${plural(before, "earlier epoch")} not shown)\n` : "";
  const columns = titles.map((title) => ({ title, numeric: true }));
  return `\nMeans of each epoch\n${note}${table(columns, rows)}`;
}

/** Mean of what was measured at steps in (from, to]; NaN when nothing was. */
function meanBetween(measured: Measurements, measure: Measure, from: number, to: number): number {
  let sum = 0;
  let size = 0;
  measured.steps.forEach((step, i) => {
    if (step <= from || step > to) return;
    sum += measured.values[measure][i] ?? NaN;
    size++;
  });
  return sum / size;
}
