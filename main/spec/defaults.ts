/**
 * What a part starts from when a person adds it or changes its kind: values of the literature or of
 * the presets that work unchanged. They decide nothing by themselves; a specification states all of
 * its values. Each record must name every kind, so a new kind does not compile without its start.
 */
import type { Augmentation } from "./augmentation.ts";
import { constant, type Initializer } from "./initializers.ts";
import type { Layer, LayerOf } from "./layers.ts";
import * as layers from "./layers/shorthand.ts";
import type { Loss, LossOf } from "./losses.ts";
import type { Optimizer, OptimizerOf } from "./optimizers.ts";
import type { Regularizer, RegularizerOf } from "./regularizers.ts";

const halving = { kernel: 4, stride: 2, padding: "same" } as const;

export const newLayers: { [Kind in Layer["kind"]]: LayerOf<Kind> } = {
  dense: layers.dense(128),
  conv2d: layers.conv2d(64, halving),
  conv2dTranspose: layers.conv2dTranspose(64, halving),
  maxPool: layers.maxPool(2),
  averagePool: { kind: "averagePool", size: 2 },
  upsample: { kind: "upsample", size: 2 },
  batchNorm: layers.batchNorm(),
  layerNorm: { kind: "layerNorm", epsilon: 1e-5 },
  minibatchDiscrimination: {
    kind: "minibatchDiscrimination",
    kernels: 32,
    dimensions: 8,
    kernelInitializer: { kind: "glorotUniform" },
  },
  dropout: layers.dropout(0.3),
  flatten: layers.flatten,
  reshape: layers.reshape(7, 7, 128),
  relu: layers.relu,
  leakyRelu: layers.leakyRelu(0.2),
  elu: { kind: "elu", alpha: 1 },
  tanh: layers.tanh,
  sigmoid: layers.sigmoid,
  linear: { kind: "linear" },
};

const game = { terms: "sum", flipRate: 0 } as const;
const hardLabels = { realLabel: 1, fakeLabel: 0, generatorLabel: 1 };

export const newLosses: { [Kind in Loss["kind"]]: LossOf<Kind> } = {
  minimax: { kind: "minimax", on: "logits", ...game },
  nonSaturating: { kind: "nonSaturating", on: "logits", ...game },
  binaryCrossEntropy: { kind: "binaryCrossEntropy", on: "logits", ...hardLabels, ...game },
  leastSquares: { kind: "leastSquares", ...hardLabels, ...game },
  wasserstein: { kind: "wasserstein", ...game },
  hinge: { kind: "hinge", ...game },
};

const always = { kind: "constant" } as const;

export const newOptimizers: { [Kind in Optimizer["kind"]]: OptimizerOf<Kind> } = {
  adam: {
    kind: "adam",
    ...{ learningRate: 2e-4, beta1: 0.5, beta2: 0.999, epsilon: 1e-8 },
    schedule: always,
  },
  sgd: { kind: "sgd", learningRate: 0.01, momentum: 0.9, nesterov: false, schedule: always },
  rmsprop: { kind: "rmsprop", learningRate: 5e-5, decay: 0.99, epsilon: 1e-8, schedule: always },
};

type Schedule = Optimizer["schedule"];

export const newSchedules: Record<Schedule["kind"], Schedule> = {
  constant: always,
  multiStep: { kind: "multiStep", milestones: [10], factor: 0.5 },
  linear: { kind: "linear", epochs: 20, endFactor: 0.1 },
  cosine: { kind: "cosine", epochs: 20, endFactor: 0.1 },
};

export const newRegularizers: { [Kind in Regularizer["kind"]]: RegularizerOf<Kind> } = {
  gradientPenalty: { kind: "gradientPenalty", weight: 10, target: 1 },
  r1: { kind: "r1", weight: 10 },
  weightPenalty: { kind: "weightPenalty", network: "discriminator", norm: "l2", weight: 1e-4 },
  weightClip: { kind: "weightClip", limit: 0.01 },
};

export const newInitializers: Record<Initializer["kind"], Initializer> = {
  fanInUniform: { kind: "fanInUniform" },
  glorotUniform: { kind: "glorotUniform" },
  glorotNormal: { kind: "glorotNormal" },
  heUniform: { kind: "heUniform" },
  heNormal: { kind: "heNormal" },
  normal: { kind: "normal", mean: 0, standardDeviation: 0.02 },
  constant: constant(0),
};

export const newAugmentations: Record<Augmentation["kind"], Augmentation> = {
  none: { kind: "none" },
  affine: {
    kind: "affine",
    ...{ flip: false, rotation: 10, smallest: 0.9, largest: 1.1, translation: 2 },
    background: "black",
  },
};
