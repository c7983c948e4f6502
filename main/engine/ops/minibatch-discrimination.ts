/**
 * Minibatch discrimination (Salimans et al. 2016): how close each example lies to all of its batch.
 * The example itself counts too, as in the paper's sum; it adds the constant 1.
 */
import * as tf from "@tensorflow/tfjs-core";
import { absolute, exp } from "./activation.ts";

/**
 * @param x [batch, features]
 * @param kernel [features, kernels · dimensions]
 * @returns [batch, features + kernels]
 */
export function minibatchDiscrimination(
  x: tf.Tensor,
  kernel: tf.Tensor,
  kernels: number,
): tf.Tensor {
  const batch = x.shape[0];
  const projected = tf.matMul(x, kernel);
  const width = projected.shape[1] as number;
  const rows = tf.reshape(projected, [batch, 1, width]);
  const others = tf.reshape(projected, [1, batch, width]);
  const distances = tf.sum(
    tf.reshape(absolute(tf.sub(rows, others)), [batch * batch * kernels, width / kernels]),
    1,
  );
  const closeness = exp(tf.neg(tf.reshape(distances, [batch, batch, kernels])));
  return tf.concat([x, tf.sum(closeness, 1)], 1);
}
