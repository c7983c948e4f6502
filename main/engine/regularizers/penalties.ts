/** Terms that a network's loss gains. Each is a scalar that can be differentiated again. */
import * as tf from "@tensorflow/tfjs-core";
import type { Regularizer, RegularizerOf } from "../../spec/regularizers.ts";
import { absolute } from "../ops/activation.ts";
import type { NetworkName } from "../networks/network.ts";
import { tensorOf, type Tensors } from "../tensors.ts";

/** Squared length of each example's gradient of `judge`, [batch]. */
function squaredGradients(judge: (images: tf.Tensor) => tf.Tensor, images: tf.Tensor): tf.Tensor {
  const gradient = tf.grad((x: tf.Tensor) => tf.sum(judge(x)))(images);
  const axes = images.shape.slice(1).map((_, axis) => axis + 1);
  return tf.sum(tf.square(gradient), axes);
}

/**
 * weight · E(‖∇D(x̂)‖ − target)² (Gulrajani et al. 2017), at x̂ = ε·real + (1 − ε)·generated.
 *
 * @param share ε, [batch], uniform in [0, 1)
 */
export function gradientPenalty(
  { weight, target }: RegularizerOf<"gradientPenalty">,
  judge: (images: tf.Tensor) => tf.Tensor,
  real: tf.Tensor,
  generated: tf.Tensor,
  share: tf.Tensor,
): tf.Scalar {
  const shares = tf.reshape(share, [real.shape[0], ...real.shape.slice(1).map(() => 1)]);
  const between = tf.add(generated, tf.mul(tf.sub(real, generated), shares));
  // A gradient of exactly 0 has a length without a slope; the added speck gives it the slope 0.
  const lengths = tf.sqrt(tf.add(squaredGradients(judge, between), 1e-12));
  return tf.mul(tf.mean(tf.square(tf.sub(lengths, target))), weight);
}

/** weight / 2 · E‖∇D(x)‖² at the real images (Mescheder et al. 2018). */
export const r1Penalty = (
  { weight }: RegularizerOf<"r1">,
  judge: (images: tf.Tensor) => tf.Tensor,
  real: tf.Tensor,
): tf.Scalar => tf.mul(tf.mean(squaredGradients(judge, real)), weight / 2);

/** The L1 and L2 penalties of one network's kernels, or null when it has none. */
export function weightPenalty(
  regularizers: readonly Regularizer[],
  network: NetworkName,
  variables: Tensors,
  trained: readonly string[],
): tf.Scalar | null {
  const kernels = trained.filter((name) => name.endsWith(".kernel"));
  const terms = regularizers.flatMap((regularizer) => {
    if (regularizer.kind !== "weightPenalty" || regularizer.network !== network) return [];
    const measure = regularizer.norm === "l1" ? absolute : (x: tf.Tensor) => tf.square(x);
    const sums = kernels.map((name) => tf.sum(measure(tensorOf(variables, name))));
    return sums.map((sum) => tf.mul<tf.Scalar>(sum, regularizer.weight));
  });
  return terms.length === 0 ? null : tf.addN(terms);
}
