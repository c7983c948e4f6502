/**
 * Batch normalisation over all axes but the last (Ioffe and Szegedy 2015). The variance that
 * normalises is the biased one. Training has a gradient of its own, in the paper's closed form: what
 * automatic differentiation composes instead sums to zero only roughly, and an optimiser that divides
 * by a gradient's size turns that rounding into steps of the bias before it.
 */
import * as tf from "@tensorflow/tfjs-core";

export interface BatchMoments {
  mean: tf.Tensor;
  /** Biased: divided by the number of values. */
  variance: tf.Tensor;
}

/** Every axis of `x` but the last. */
const batchAxes = (x: tf.Tensor): number[] => x.shape.slice(0, -1).map((_, axis) => axis);

/** Mean and variance of each channel. `x` [batch, …, channels] → two of [channels]. */
export function batchMoments(x: tf.Tensor): BatchMoments {
  const axes = batchAxes(x);
  const mean = tf.mean(x, axes);
  return { mean, variance: tf.mean(tf.square(tf.sub(x, mean)), axes) };
}

export interface Affine {
  /** One a channel. */
  gamma: tf.Tensor;
  beta: tf.Tensor;
  epsilon: number;
}

const rootOf = (variance: tf.Tensor, epsilon: number) => tf.sqrt(tf.add(variance, epsilon));

/** γ · (x − mean) / √(variance + ε) + β with given moments, as in evaluation. */
export function normalize(x: tf.Tensor, by: Affine & BatchMoments): tf.Tensor {
  const scale = tf.div(by.gamma, rootOf(by.variance, by.epsilon));
  return tf.add(tf.mul(tf.sub(x, by.mean), scale), by.beta);
}

/** The same with the batch's own moments, through which the gradient flows. */
export function normalizeBatch(images: tf.Tensor, by: Affine): tf.Tensor {
  const { epsilon } = by;
  const normalized = tf.customGrad((input, gamma, beta, save) => {
    const x = input as tf.Tensor;
    const scale = gamma as tf.Tensor;
    (save as tf.GradSaveFunc)([x, scale]);
    const value = normalize(x, {
      ...{ gamma: scale, beta: beta as tf.Tensor, epsilon },
      ...batchMoments(x),
    });
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) =>
      batchGradients(dy, saved[0] as tf.Tensor, saved[1] as tf.Tensor, epsilon);
    return { value, gradFunc };
  });
  return normalized(images, by.gamma, by.beta);
}

/** Of x, gamma and beta; made of operations that can be differentiated again. */
function batchGradients(
  dy: tf.Tensor,
  x: tf.Tensor,
  gamma: tf.Tensor,
  epsilon: number,
): tf.Tensor[] {
  const axes = batchAxes(x);
  const { mean, variance } = batchMoments(x);
  const root = rootOf(variance, epsilon);
  const normal = tf.div(tf.sub(x, mean), root);
  const alongNormal = tf.mean(tf.mul(dy, normal), axes);
  const centred = tf.sub(tf.sub(dy, tf.mean(dy, axes)), tf.mul(normal, alongNormal));
  return [tf.mul(centred, tf.div(gamma, root)), tf.sum(tf.mul(dy, normal), axes), tf.sum(dy, axes)];
}
