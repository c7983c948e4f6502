/**
 * One training step as a pure function: k updates of the discriminator, then one of the generator
 * (Goodfellow et al. 2014, algorithm 1). Everything that changes from step to step comes in as a
 * tensor; nothing is kept. It runs on any engine, and is what a compiled step is traced from.
 *
 * Every training pass moves the batch statistics of its network, also the generator's inside the
 * discriminator's update and the discriminator's inside the generator's.
 */
import * as tf from "@tensorflow/tfjs-core";
import { updatesName, type Gan, type Player } from "./gan.ts";
import type { Noise } from "./networks/noise.ts";
import { runNetwork, type PassResult } from "./networks/network.ts";
import { differentiate } from "./ops/gradients.ts";
import { pick, tensorOf, type Tensors } from "./tensors.ts";

export interface StepInputs {
  /** One batch of real images a discriminator update: float32 [batch, height, width, channels]. */
  real: readonly tf.Tensor[];
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

export interface StepResult {
  state: Tensors;
  /** Losses and scores are those before the update that they led to; of k updates, the last. */
  scalars: Record<StepScalar, tf.Scalar>;
}

/** Call inside `tf.tidy`; the old state stays the caller's. */
export function trainingStep(gan: Gan, state: Tensors, inputs: StepInputs): StepResult {
  let current = state;
  let measured: DiscriminatorScalars | undefined;
  for (const [index, real] of inputs.real.entries()) {
    const update = updateDiscriminator(gan, current, real, inputs, `critic${index.toString()}`);
    current = update.state;
    measured = update.scalars;
  }
  if (!measured) throw new Error("a step needs at least one batch of real images");
  const batch = inputs.real[0]?.shape[0] ?? 0;
  const last = updateGenerator(gan, current, batch, inputs);
  return { state: last.state, scalars: { ...measured, ...last.scalars } };
}

type DiscriminatorScalars = Pick<
  StepResult["scalars"],
  "lossDiscriminator" | "scoreReal" | "scoreGenerated" | "gradientNormDiscriminator"
>;

function updateDiscriminator(
  gan: Gan,
  state: Tensors,
  real: tf.Tensor,
  inputs: StepInputs,
  purpose: string,
) {
  const { discriminator, loss } = gan;
  const generated = generate(gan, state, real.shape[0], inputs.noise, purpose);
  const before = { ...state, ...generated.statistics };
  const { value, gradients, extra } = differentiate(
    () => {
      const ofReal = judge(gan, before, real, inputs.noise, `${purpose}/real`);
      const afterReal = { ...before, ...ofReal.statistics };
      const ofFake = judge(gan, afterReal, generated.output, inputs.noise, `${purpose}/fake`);
      return {
        value: loss.combine(loss.real(ofReal.output), loss.generated(ofFake.output)),
        extra: {
          ...ofReal.statistics,
          ...ofFake.statistics,
          scoreReal: tf.mean(loss.score(ofReal.output)),
          scoreGenerated: tf.mean(loss.score(ofFake.output)),
        },
      };
    },
    pick(before, discriminator.trained),
  );
  const { scoreReal, scoreGenerated, ...statistics } = extra;
  const rate = inputs.learningRates.discriminator;
  return {
    state: { ...before, ...statistics, ...applyGradients(discriminator, before, gradients, rate) },
    scalars: {
      lossDiscriminator: value,
      scoreReal: scoreReal as tf.Scalar,
      scoreGenerated: scoreGenerated as tf.Scalar,
      gradientNormDiscriminator: normOf(gradients),
    },
  };
}

function updateGenerator(gan: Gan, state: Tensors, batch: number, inputs: StepInputs) {
  const { generator, loss } = gan;
  const { value, gradients, extra } = differentiate(
    () => {
      const generated = generate(gan, state, batch, inputs.noise, "generator");
      const judged = judge(gan, state, generated.output, inputs.noise, "generator/judged");
      return {
        value: loss.generator(judged.output),
        extra: { ...generated.statistics, ...judged.statistics },
      };
    },
    pick(state, generator.trained),
  );
  const rate = inputs.learningRates.generator;
  return {
    state: { ...state, ...extra, ...applyGradients(generator, state, gradients, rate) },
    scalars: { lossGenerator: value, gradientNormGenerator: normOf(gradients) },
  };
}

/** A batch of latent vectors [batch, size] from the specification's prior. */
function drawLatent(gan: Gan, batch: number, noise: Noise, purpose: string): tf.Tensor {
  const { size, distribution } = gan.specification.latent;
  const name = `${purpose}/latent`;
  if (distribution === "normal") return noise.normal(name, [batch, size]);
  return tf.sub(tf.mul(noise.uniform(name, [batch, size]), 2), 1);
}

function generate(gan: Gan, state: Tensors, batch: number, noise: Noise, purpose: string) {
  const latent = drawLatent(gan, batch, noise, purpose);
  return runNetwork(latent, {
    name: "generator",
    network: gan.generator.network,
    variables: state,
    mode: { training: true, noise },
    purpose: `${purpose}/generated`,
  });
}

const judge = (
  gan: Gan,
  state: Tensors,
  images: tf.Tensor,
  noise: Noise,
  purpose: string,
): PassResult =>
  runNetwork(images, {
    name: "discriminator",
    network: gan.discriminator.network,
    variables: state,
    mode: { training: true, noise },
    purpose,
  });

function applyGradients(
  player: Player,
  state: Tensors,
  gradients: Tensors,
  learningRate: tf.Scalar,
): Tensors {
  const name = updatesName(player.name);
  const updates = tf.add<tf.Scalar>(tensorOf(state, name), 1);
  const parameters = pick(state, player.trained);
  const next = player.optimizer.update(parameters, gradients, state, learningRate, updates);
  return { ...next, [name]: updates };
}

/** The Euclidean length of all gradients together. */
const normOf = (gradients: Tensors): tf.Scalar =>
  tf.sqrt<tf.Scalar>(
    tf.addN(Object.values(gradients).map((gradient) => tf.sum(tf.square(gradient)))),
  );
