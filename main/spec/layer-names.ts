/** What layers are called, wherever people read of them. */
import type { Layer } from "./layers.ts";

export const layerNames: Record<Layer["kind"], string> = {
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
