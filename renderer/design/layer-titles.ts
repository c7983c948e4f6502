/** What layers, losses and the like are called on the page. */
import type { Layer } from "../../main/spec/layers.ts";
import type { Loss } from "../../main/spec/losses.ts";
import type { Optimizer } from "../../main/spec/optimizers.ts";

export const layerTitles: Record<Layer["kind"], string> = {
  dense: "Dense",
  conv2d: "Convolution",
  conv2dTranspose: "Transposed convolution",
  maxPool: "Max pooling",
  averagePool: "Average pooling",
  batchNorm: "Batch norm",
  dropout: "Dropout",
  flatten: "Flatten",
  reshape: "Reshape",
  relu: "ReLU",
  leakyRelu: "Leaky ReLU",
  tanh: "Tanh",
  sigmoid: "Sigmoid",
  linear: "Linear",
};

const lossTitles: Record<Loss["kind"], string> = {
  binaryCrossEntropy: "Cross-entropy",
  leastSquares: "Least squares",
};

export const lossTitle = (loss: Loss): string => lossTitles[loss.kind];

export const optimizerText = ({ beta1, beta2 }: Optimizer): string =>
  `Adam (${beta1.toString()}, ${beta2.toString()})`;

/** `× 0.5 after epochs 20, 50, 80`. */
export function scheduleText({ schedule }: Optimizer): string {
  if (schedule.kind === "constant") return "The same in all epochs";
  const epochs = schedule.milestones.length === 1 ? "epoch" : "epochs";
  return `× ${schedule.factor.toString()} after ${epochs} ${schedule.milestones.join(", ")}`;
}
