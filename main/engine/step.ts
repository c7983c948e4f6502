/**
 * One training step as a pure function: k updates of the discriminator, then one of the generator
 * (Goodfellow et al. 2014, algorithm 1). Everything that changes from step to step comes in as a
 * tensor; nothing is kept. It runs on any engine, and is what a compiled step is traced from.
 *
 * Every training pass moves the batch statistics of its network, also the generator's inside the
 * discriminator's update and the discriminator's inside the generator's.
 */
import type * as tf from "@tensorflow/tfjs-core";
import { updateDiscriminator, type DiscriminatorUpdate } from "./discriminator-update.ts";
import type { Gan } from "./gan.ts";
import { updateGenerator } from "./generator-update.ts";
import type { Noise } from "./networks/noise.ts";
import { pick, type Tensors } from "./tensors.ts";

export interface StepInputs {
  /** One batch of real images a discriminator update: float32 [batch, height, width, channels]. */
  real: readonly tf.Tensor[];
  /** Their classes, one-hot float32 [batch, classes]; null for networks that know of none. */
  labels: readonly tf.Tensor[] | null;
  /** float32 scalars */
  learningRates: { generator: tf.Scalar; discriminator: tf.Scalar };
  noise: Noise;
}

export const stepScalars = [
  "lossGenerator",
  "lossDiscriminator",
  "scoreReal",
  "scoreGenerated",
  "gradientNormGenerator",
  "gradientNormDiscriminator",
] as const;

export type StepScalar = (typeof stepScalars)[number];

/** What every step tells; the rest costs a further look at all gradients. */
export const lossScalars = ["lossGenerator", "lossDiscriminator"] as const;

export interface StepResult {
  state: Tensors;
  /** Losses and scores are those before the update that they led to; of k updates, the last. */
  scalars: Record<StepScalar, tf.Scalar>;
}

/** Call inside `tf.tidy`; the old state stays the caller's. */
export function trainingStep(gan: Gan, state: Tensors, inputs: StepInputs): StepResult {
  const { learningRates, noise } = inputs;
  const batches = inputs.real.map((real, index) => ({
    ...{ real, labels: inputs.labels?.[index] ?? null, noise },
    purpose: `critic${index.toString()}`,
  }));
  const last = batches.at(-1);
  if (!last) throw new Error("a step needs at least one batch of real images");
  let current = state;
  let generatorBefore = state;
  let measured: DiscriminatorUpdate["scalars"] | undefined;
  for (const batch of batches) {
    generatorBefore = current;
    const rate = learningRates.discriminator;
    const update = updateDiscriminator(gan, current, batch, rate, batch.purpose);
    current = update.state;
    measured = update.scalars;
  }
  const reuses = gan.specification.loop.generatorNoise === "reused";
  const reused = reuses && {
    purpose: last.purpose,
    generator: pick(generatorBefore, gan.generator.variables),
  };
  const update = updateGenerator(gan, current, last, learningRates.generator, reused || null);
  return {
    state: update.state,
    scalars: { ...(measured as DiscriminatorUpdate["scalars"]), ...update.scalars },
  };
}
