/**
 * Batch normalisation over all axes but the last (Ioffe and Szegedy 2015), composed of operations
 * whose second derivatives are right. The variance that normalises is the biased one.
 */
import * as tf from "@tensorflow/tfjs-core";

export interface BatchMoments {
  mean: tf.Tensor;
  /** Biased: divided by the number of values. */
  variance: tf.Tensor;
}

/** Mean and variance of each channel. `x` [batch, …, channels] → two of [channels]. */
export function batchMoments(x: tf.Tensor): BatchMoments {
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const mean = tf.mean(x, axes);
  return { mean, variance: tf.mean(tf.square(tf.sub(x, mean)), axes) };
}

export interface Normalization extends BatchMoments {
  gamma: tf.Tensor;
  beta: tf.Tensor;
  epsilon: number;
}

/** γ · (x − mean) / √(variance + ε) + β, with one scale and one shift a channel. */
export function normalize(x: tf.Tensor, by: Normalization): tf.Tensor {
  const scale = tf.div(by.gamma, tf.sqrt(tf.add(by.variance, by.epsilon)));
  return tf.add(tf.mul(tf.sub(x, by.mean), scale), by.beta);
}
