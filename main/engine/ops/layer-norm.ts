/** Layer normalisation (Ba et al. 2016): each example by its own mean and biased variance. */
import * as tf from "@tensorflow/tfjs-core";

export interface LayerNormalization {
  /** One a channel. */
  gamma: tf.Tensor;
  beta: tf.Tensor;
  epsilon: number;
}

export function normalizeExamples(x: tf.Tensor, by: LayerNormalization): tf.Tensor {
  const axes = x.shape.slice(1).map((_, axis) => axis + 1);
  const centred = tf.sub(x, tf.mean(x, axes, true));
  const variance = tf.mean(tf.square(centred), axes, true);
  const normal = tf.div(centred, tf.sqrt(tf.add(variance, by.epsilon)));
  return tf.add(tf.mul(normal, by.gamma), by.beta);
}
