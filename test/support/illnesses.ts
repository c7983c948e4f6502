/** Runs that are made ill on purpose, each in one way, and what the Doctor should find. */
import type { Dataset } from "../../main/data/dataset.ts";
import { diagnose } from "../../main/metrics/doctor/diagnose.ts";
import type { Finding, FindingId } from "../../main/spec/doctor/finding.ts";
import {
  batchNorm,
  conv2d,
  conv2dTranspose,
  dense,
  dropout,
  flatten,
  leakyRelu,
  relu,
  reshape,
  tanh,
} from "../../main/spec/layers/shorthand.ts";
import { presetOf } from "../../main/spec/presets.ts";
import type { Specification } from "../../main/spec/specification.ts";
import type { Measurement } from "../../main/training/messages.ts";
import type { WatchedTraining } from "./watched-training.ts";

/** Few images, which are drawn within a moment. */
const measured = (specification: Specification): Specification => ({
  ...specification,
  data: { ...specification.data, source: { kind: "digits", count: 3000, seed: 1 } },
  outputs: { ...specification.outputs, measureEvery: 10 },
});

/** Two small dense networks on the built-in digits, with the loss and optimizers of `vanilla-mlp`. */
export function denseRun(): Specification {
  const { specification } = presetOf("vanilla-mlp");
  return measured({
    ...specification,
    preset: null,
    generator: {
      layers: [
        ...[dense(32), leakyRelu(0.2), dense(128), leakyRelu(0.2)],
        ...[dense(784), tanh, reshape(28, 28, 1)],
      ],
    },
    discriminator: {
      layers: [
        ...[flatten, dense(256), leakyRelu(0.2), dropout(0.3)],
        ...[dense(64), leakyRelu(0.2), dropout(0.3), dense(1)],
      ],
    },
    loop: { ...specification.loop, batchSize: 64 },
  });
}

/** `dcgan-bce` with few filters, and fewer of them in the discriminator. */
export function convolutionalRun(): Specification {
  const { specification } = presetOf("dcgan-bce");
  const halving = {
    kernel: 4,
    stride: 2,
    padding: "same",
    initializer: { kind: "normal", mean: 0, standardDeviation: 0.02 },
  } as const;
  return measured({
    ...specification,
    preset: null,
    generator: {
      layers: [
        ...[dense(7 * 7 * 32), reshape(7, 7, 32), batchNorm(), relu],
        ...[conv2dTranspose(16, halving), batchNorm(), relu, conv2dTranspose(1, halving), tanh],
      ],
    },
    discriminator: {
      layers: [
        ...[conv2d(4, halving), leakyRelu(0.2), conv2d(8, halving), batchNorm(), leakyRelu(0.2)],
        ...[flatten, dense(1)],
      ],
    },
    loop: { ...specification.loop, batchSize: 32 },
  });
}

const ratesTimes = (
  specification: Specification,
  { generator, discriminator }: { generator: number; discriminator: number },
): Specification => {
  const { optimizers } = specification;
  const times = <Rated extends { learningRate: number }>(one: Rated, factor: number): Rated => ({
    ...one,
    learningRate: one.learningRate * factor,
  });
  return {
    ...specification,
    optimizers: {
      generator: times(optimizers.generator, generator),
      discriminator: times(optimizers.discriminator, discriminator),
    },
  };
};

export interface Illness {
  name: string;
  /** From a healthy specification. */
  specification: (healthy: Specification) => Specification;
  dataset?: (dataset: Dataset) => Dataset;
  /** Any of these counts as found. */
  expected: readonly FindingId[];
  /** Where it makes nobody ill, so that nothing is to be found. */
  isHarmless?: (healthy: Specification) => boolean;
}

export const illnesses = {
  fastDiscriminator: {
    name: "discriminator's learning rate ×50",
    specification: (healthy) => ratesTimes(healthy, { generator: 1, discriminator: 50 }),
    expected: ["discriminator-strong"],
    // A critic is meant to be as good as it can be, and its penalty holds it.
    isHarmless: ({ loss }) => loss.kind === "wasserstein",
  },
  frozenDiscriminator: {
    name: "frozen discriminator",
    specification: (healthy) => ratesTimes(healthy, { generator: 1, discriminator: 0 }),
    // Its cause is told on any networks; collapse only where it comes to that: small dense ones.
    expected: ["frozen-loss", "mode-collapse"],
  },
  swappedLabels: {
    name: "labels swapped",
    specification: (healthy) => ({ ...healthy, loss: { ...healthy.loss, flipRate: 1 } }),
    expected: ["generator-strong", "frozen-loss"],
  },
  hugeRates: {
    name: "learning rates ×1000",
    specification: (healthy) => ratesTimes(healthy, { generator: 1000, discriminator: 1000 }),
    expected: ["divergence"],
  },
  brightHalf: {
    name: "images in [0, 1]",
    specification: (healthy) => healthy,
    dataset: (dataset) => ({
      ...dataset,
      read: async (places) => (await dataset.read(places)).map((byte) => 128 + (byte >> 1)),
    }),
    expected: ["input-scaling"],
  },
} as const satisfies Record<string, Illness>;

/** What the Doctor says about a run after so many steps. */
export async function findingsAfter(
  training: WatchedTraining,
  specification: Specification,
  steps: number,
  /** What was measured before its state was taken: a fork brings it along. */
  past: readonly Measurement[] = [],
): Promise<Finding[]> {
  const { rows: measured, diverged } = await training.until(steps);
  const rows = [...past, ...measured];
  return diagnose({
    ...{ specification, rows, divergedAt: diverged, evaluations: [] },
    checkups: rows.flatMap(({ step, checkup }) => (checkup ? [{ step, checkup }] : [])),
  });
}
