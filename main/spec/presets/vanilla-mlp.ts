/** The first GAN most people build: two small dense networks and cross-entropy. */
import { builtInDigits } from "../data.ts";
import { glorotUniform } from "../initializers.ts";
import { dense, dropout, flatten, leakyRelu, reshape, tanh } from "../layers/shorthand.ts";
import type { Preset } from "./preset.ts";

const adam = { kind: "adam", beta1: 0.5, beta2: 0.999, epsilon: 1e-8 } as const;

export const vanillaMlp: Preset = {
  id: "vanilla-mlp",
  title: "Vanilla, dense",
  summary:
    "Two small dense networks play the original game with cross-entropy and one-sided label smoothing. " +
    "Quick on any machine, and the clearest place to see how the two losses balance.",
  source: "Goodfellow et al. 2014; label smoothing: Salimans et al. 2016",
  specification: {
    version: 1,
    preset: "vanilla-mlp",
    seed: 1,
    image: { height: 28, width: 28, channels: 1 },
    data: {
      source: builtInDigits,
      offset: 0,
      training: 60_000,
      validation: 0,
      shuffle: false,
      augmentation: { kind: "none" },
    },
    latent: { size: 100, distribution: "normal" },
    generator: {
      layers: [
        ...[dense(32, glorotUniform), leakyRelu(0.2), dropout(0.3)],
        ...[dense(64, glorotUniform), leakyRelu(0.2), dropout(0.3)],
        ...[dense(128, glorotUniform), leakyRelu(0.2)],
        ...[dense(784), tanh, reshape(28, 28, 1)],
      ],
    },
    discriminator: {
      layers: [
        flatten,
        ...[dense(1024, glorotUniform), leakyRelu(0.2), dropout(0.3)],
        ...[dense(512, glorotUniform), leakyRelu(0.2), dropout(0.3)],
        ...[dense(256, glorotUniform), leakyRelu(0.2), dropout(0.3)],
        dense(1),
      ],
    },
    conditioning: null,
    loss: {
      kind: "binaryCrossEntropy",
      on: "logits",
      realLabel: 0.9,
      fakeLabel: 0,
      generatorLabel: 1,
      terms: "sum",
      flipRate: 0,
    },
    regularizers: [],
    optimizers: {
      generator: {
        ...adam,
        learningRate: 1e-3,
        schedule: { kind: "multiStep", milestones: [20, 50, 80], factor: 0.5 },
      },
      discriminator: {
        ...adam,
        learningRate: 1e-4,
        schedule: { kind: "multiStep", milestones: [50], factor: 0.1 },
      },
    },
    generatorAverage: null,
    loop: {
      batchSize: 128,
      epochs: 100,
      steps: null,
      discriminatorSteps: 1,
      generatorNoise: "fresh",
      lastBatch: "keep",
      stopWhenDiverged: true,
    },
    outputs: {
      ...{ fixedSamples: 16, sampleAtSteps: [], measureEvery: 100 },
      ...{ evaluateEvery: null, stopAfter: null, features: null },
    },
  },
};
