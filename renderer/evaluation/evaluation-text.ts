/** An evaluation in words. */
import type { RunEvaluationProgress } from "../../main/contract/evaluations.ts";
import type { Estimate, Metric, Protocol } from "../../main/spec/evaluation.ts";
import { formatAmount, formatCount, formatLoss } from "../shared/formats.ts";

/** Who proposed the metric, or the score that it follows. */
export const metricSources: Partial<Record<Metric, string>> = {
  frechetDistance: "After Heusel et al. 2017.",
  kernelDistance: "After Bińkowski et al. 2018.",
  precision: "Kynkäänniemi et al. 2019.",
  recall: "Kynkäänniemi et al. 2019.",
  density: "Naeem et al. 2020.",
  coverage: "Naeem et al. 2020.",
  classifierScore: "After the inception score of Salimans et al. 2016.",
};

export const estimateText = ({ value, low, high }: Estimate): string =>
  `${formatLoss(value)} (${formatLoss(low)} to ${formatLoss(high)})`;

/** One sentence for whoever wants to compare. */
export function protocolText({ images, real, features, seed }: Protocol): string {
  const network =
    features.network !== "classifier"
      ? features.network === "random"
        ? "a random network"
        : "a network from a file"
      : `a classifier of the data set that names ${((features.accuracy ?? Number.NaN) * 100).toFixed(2)} % of ${formatAmount(features.heldOut, "held-out image")} rightly`;
  return `${formatCount(images)} generated and ${formatCount(images)} ${real.split} images, by ${features.size.toString()} features of ${network} (${features.hash}), seed ${seed.toString()}.`;
}

const networks: Record<Protocol["features"]["network"], string> = {
  classifier: "the data set's classifier",
  random: "a random network",
  file: "a file's network",
};

/** Short, but no two alike that must not be compared for what a person can choose. */
export const protocolName = ({ images, features, seed }: Protocol): string =>
  `${networks[features.network]} (${features.hash.slice(0, 6)}), ${formatAmount(images, "image")}, seed ${seed.toString()}`;

const stages: Record<RunEvaluationProgress["stage"], string> = {
  classifier: "Training a classifier of the data set",
  real: "Looking at real images",
  generating: "Drawing images",
  comparing: "Comparing",
};

export function progressText({ stage, checkpoint, checkpoints }: RunEvaluationProgress): string {
  const which =
    checkpoint > 0 && checkpoints > 1
      ? `, ${checkpoint.toString()} of ${formatAmount(checkpoints, "epoch")}`
      : "";
  return `${stages[stage]}${which}`;
}
