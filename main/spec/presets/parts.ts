/** What several presets have in common, so that each of them states only what is its own. */
import { builtInDigits, type DataSettings } from "../data.ts";
import type { Initializer } from "../initializers.ts";
import type { Layer } from "../layers.ts";
import {
  batchNorm,
  conv2d,
  conv2dTranspose,
  dense,
  flatten,
  leakyRelu,
  relu,
  reshape,
  tanh,
} from "../layers/shorthand.ts";
import type { LossOf } from "../losses.ts";
import type { OptimizerOf } from "../optimizers.ts";
import type { Specification } from "../specification.ts";

export const adam = (learningRate: number, beta1: number, beta2: number): OptimizerOf<"adam"> => ({
  kind: "adam",
  ...{ learningRate, beta1, beta2 },
  epsilon: 1e-8,
  schedule: { kind: "constant" },
});

/** All of MNIST's 60,000 training digits, or of whatever is chosen in their place. */
export const digits: DataSettings = {
  source: builtInDigits,
  offset: 0,
  training: 60_000,
  validation: 0,
  shuffle: true,
  augmentation: { kind: "none" },
};

export const crossEntropy: LossOf<"binaryCrossEntropy"> = {
  kind: "binaryCrossEntropy",
  on: "logits",
  realLabel: 1,
  fakeLabel: 0,
  generatorLabel: 1,
  terms: "sum",
  flipRate: 0,
};

/** One update each, fresh noise, the last batch kept. */
export const alternating: Specification["loop"] = {
  batchSize: 128,
  epochs: 20,
  steps: null,
  discriminatorSteps: 1,
  generatorNoise: "fresh",
  lastBatch: "keep",
  stopWhenDiverged: true,
};

/** What most runs leave off. */
export const plain: Pick<
  Specification,
  "version" | "seed" | "conditioning" | "regularizers" | "generatorAverage"
> = { version: 1, seed: 1, conditioning: null, regularizers: [], generatorAverage: null };

export const outputs = (measureEvery: number): Specification["outputs"] => ({
  fixedSamples: 16,
  sampleAtSteps: [],
  measureEvery,
  evaluateEvery: null,
  stopAfter: null,
  features: null,
});

const small: Initializer = { kind: "normal", mean: 0, standardDeviation: 0.02 };
const halving = { kernel: 4, stride: 2, padding: "same", initializer: small } as const;

/** Radford et al. 2016 at 28×28 grey: 7×7×128 → 14×14×64 → 28×28. */
export const dcganGenerator: Layer[] = [
  ...[dense(6272, small), reshape(7, 7, 128), batchNorm(), relu],
  ...[conv2dTranspose(64, halving), batchNorm(), relu],
  ...[conv2dTranspose(1, halving), tanh],
];

/** Its mirror; `normalized` puts batch normalisation behind the second convolution. */
export const dcganDiscriminator = ({ normalized }: { normalized: boolean }): Layer[] => [
  ...[conv2d(64, halving), leakyRelu(0.2)],
  ...[conv2d(128, halving), ...(normalized ? [batchNorm()] : []), leakyRelu(0.2)],
  ...[flatten, dense(1, small)],
];
