/**
 * One step of training, told to someone who wants to see it happen: first the discriminator's update,
 * then the generator's (Goodfellow et al. 2014, algorithm 1), with the figures of the step before.
 */
import { measures, type Measure, type Measurements } from "../../main/contract/runs.ts";
import type { Specification } from "../../main/spec/specification.ts";
import { formatAmount, formatCount, formatLoss } from "../shared/formats.ts";
import { formatRate } from "./rates.ts";

type Values = Record<Measure, number>;

export interface SingleStep {
  step: number;
  after: Values;
  /** The newest measurement before it, and its step; null for the first step. */
  before: { step: number; values: Values } | null;
}

const rowOf = ({ values }: Measurements, index: number): Values =>
  Object.fromEntries(
    measures.map((measure) => [measure, values[measure][index] ?? Number.NaN]),
  ) as Values;

/** `measured` holds the step alone; `known` may hold it already. Null when it holds none. */
export function singleStepOf(known: Measurements, measured: Measurements): SingleStep | null {
  const [step] = measured.steps;
  if (step === undefined) return null;
  const index = known.steps.findLastIndex((earlier) => earlier < step);
  const place = known.steps[index];
  const before = place === undefined ? null : { step: place, values: rowOf(known, index) };
  return { step, after: rowOf(measured, 0), before };
}

export interface Deed {
  network: "discriminator" | "generator";
  title: string;
  text: string;
  figures: { label: string; before: string; after: string }[];
}

/** What each network did, in the order in which they did it. */
export function deedsOf(
  { after, before }: SingleStep,
  { loop, loss }: Pick<Specification, "loop" | "loss">,
): Deed[] {
  const compared = (label: string, measure: Measure) => ({
    label,
    before: formatLoss(before?.values[measure]),
    after: formatLoss(after[measure]),
  });
  const critic = loss.kind === "wasserstein";
  const judge = critic ? "The critic" : "The discriminator";
  const updates = formatAmount(loop.discriminatorSteps, "update");
  const answers = critic
    ? `It scored the real ones ${formatLoss(after.scoreReal)} and the generated ones ${formatLoss(after.scoreGenerated)} on average; it learns to keep these apart.`
    : `It answered ${formatLoss(after.scoreReal)} for the real ones and ${formatLoss(after.scoreGenerated)} for the generated ones on average; it learns to tell them apart.`;
  return [
    {
      network: "discriminator",
      title: `${judge}: ${updates}`,
      text: `It looked at ${formatCount(loop.batchSize)} real and as many generated images${loop.discriminatorSteps > 1 ? " each time" : ""}. ${answers} Its weights moved against their gradient at a learning rate of ${formatRate(after.learningRateDiscriminator)}.`,
      figures: [
        compared("Loss before its update", "lossDiscriminator"),
        compared("Gradient norm", "gradientNormDiscriminator"),
        compared("Answer for real", "scoreReal"),
        compared("Answer for generated", "scoreGenerated"),
      ],
    },
    {
      network: "generator",
      title: "The generator: 1 update",
      text: `It drew ${formatCount(loop.batchSize)} images from noise, and ${critic ? "the critic" : "the discriminator"}, itself held still, told it in which direction each pixel should change to pass for real. Its weights moved that way at a learning rate of ${formatRate(after.learningRateGenerator)}.`,
      figures: [
        compared("Loss before its update", "lossGenerator"),
        compared("Gradient norm", "gradientNormGenerator"),
      ],
    },
  ];
}
