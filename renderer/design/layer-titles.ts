/** What layers and schedules are called on the page. */
import type { Layer } from "../../main/spec/layers.ts";
import type { Optimizer } from "../../main/spec/optimizers.ts";

export const layerTitles: Record<Layer["kind"], string> = {
  dense: "Dense",
  conv2d: "Convolution",
  conv2dTranspose: "Transposed convolution",
  maxPool: "Max pooling",
  averagePool: "Average pooling",
  upsample: "Upsampling",
  batchNorm: "Batch norm",
  layerNorm: "Layer norm",
  minibatchDiscrimination: "Minibatch discrimination",
  dropout: "Dropout",
  flatten: "Flatten",
  reshape: "Reshape",
  relu: "ReLU",
  leakyRelu: "Leaky ReLU",
  elu: "ELU",
  tanh: "Tanh",
  sigmoid: "Sigmoid",
  linear: "Linear",
};

/** `× 0.5 after epochs 20, 50, 80`. */
export function scheduleText({ schedule }: Optimizer): string {
  if (schedule.kind === "constant") return "The same in all epochs";
  if (schedule.kind !== "multiStep") {
    const way = schedule.kind === "linear" ? "in a line" : "along a cosine";
    return `${way} to × ${schedule.endFactor.toString()} over ${schedule.epochs.toString()} epochs`;
  }
  const epochs = schedule.milestones.length === 1 ? "epoch" : "epochs";
  return `× ${schedule.factor.toString()} after ${epochs} ${schedule.milestones.join(", ")}`;
}
