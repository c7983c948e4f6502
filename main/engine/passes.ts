/** The two networks' training passes, as both players' updates need them. */
import * as tf from "@tensorflow/tfjs-core";
import type { Gan } from "./gan.ts";
import { joinImages, joinLatent } from "./networks/conditioning.ts";
import { runNetwork, type PassResult } from "./networks/network.ts";
import type { Noise } from "./networks/noise.ts";
import type { Tensors } from "./tensors.ts";

/** A batch as an update sees it. */
export interface BatchInputs {
  real: tf.Tensor;
  /** One-hot [batch, classes], of the real images and asked of the generator; null without classes. */
  labels: tf.Tensor | null;
  noise: Noise;
}

/** Latent vectors [batch, size] from the specification's prior. */
function drawLatent(gan: Gan, batch: number, noise: Noise, purpose: string): tf.Tensor {
  const { size, distribution } = gan.specification.latent;
  const name = `${purpose}/latent`;
  if (distribution === "normal") return noise.normal(name, [batch, size]);
  return tf.sub(tf.mul(noise.uniform(name, [batch, size]), 2), 1);
}

/** New images. The same purpose gives the same noise and dropout again. */
export function generate(
  gan: Gan,
  state: Tensors,
  { real, labels, noise }: BatchInputs,
  purpose: string,
): PassResult {
  const latent = drawLatent(gan, real.shape[0], noise, purpose);
  return runNetwork(joinLatent(latent, labels), {
    name: "generator",
    network: gan.generator.network,
    variables: state,
    mode: { training: true, noise },
    purpose: `${purpose}/generated`,
  });
}

/** The discriminator's answers [batch, 1]. */
export const judge = (
  gan: Gan,
  state: Tensors,
  images: tf.Tensor,
  { labels, noise }: BatchInputs,
  purpose: string,
): PassResult =>
  runNetwork(joinImages(images, labels, gan.specification.conditioning), {
    name: "discriminator",
    network: gan.discriminator.network,
    variables: state,
    mode: { training: true, noise },
    purpose,
  });
