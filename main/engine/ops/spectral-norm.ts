/**
 * Spectral normalisation (Miyato et al. 2018): a kernel divided by its largest singular value, which
 * one power iteration a training pass follows. The two directions count as constants in gradients.
 */
import * as tf from "@tensorflow/tfjs-core";
import { detach } from "./detach.ts";

const unit = (x: tf.Tensor): tf.Tensor => tf.div(x, tf.add(tf.sqrt(tf.sum(tf.square(x))), 1e-12));

export interface SpectralNormalization {
  kernel: tf.Tensor;
  /** The direction to store for the next pass, [outputs, 1]. */
  u: tf.Tensor;
}

/**
 * @param outputAxis the kernel's axis that counts its outputs
 * @param u [outputs, 1]
 */
export function spectralNormalize(
  kernel: tf.Tensor,
  outputAxis: number,
  u: tf.Tensor,
  training: boolean,
): SpectralNormalization {
  const axes = kernel.shape.map((_, axis) => axis).filter((axis) => axis !== outputAxis);
  const outputs = kernel.shape[outputAxis] as number;
  const turned =
    outputAxis === kernel.shape.length - 1 ? kernel : tf.transpose(kernel, [...axes, outputAxis]);
  const matrix = tf.reshape(turned, [kernel.size / outputs, outputs]);
  const constant = detach(matrix);
  const v = unit(tf.matMul(constant, u));
  const next = training ? unit(tf.matMul(constant, v, true)) : unit(u);
  const sigma = tf.sum(tf.mul(tf.matMul(matrix, detach(next)), detach(v)));
  return { kernel: tf.div(kernel, sigma), u: next };
}
