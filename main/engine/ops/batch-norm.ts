/**
 * Batch normalisation over all axes but the last (Ioffe and Szegedy 2015). The variance that
 * normalises is the biased one. Training has a gradient of its own, in the paper's closed form: what
 * automatic differentiation composes instead sums to zero only roughly, and an optimiser that divides
 * by a gradient's size turns that rounding into steps of the bias before it.
 */
import * as tf from "@tensorflow/tfjs-core";
import { hasNative, native } from "./native.ts";

export interface BatchMoments {
  mean: tf.Tensor;
  variance: tf.Tensor;
}

/** Every axis of `x` but the last. */
const batchAxes = (x: tf.Tensor): number[] => x.shape.slice(0, -1).map((_, axis) => axis);

/** Mean and biased variance of each channel. `x` [batch, …, channels] → two of [channels]. */
function batchMoments(x: tf.Tensor): BatchMoments {
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

/** The batch's own mean, and its variance divided by one less than the number of values. */
export function batchStatistics(x: tf.Tensor, by: Affine): BatchMoments {
  if (hasNative(forward)) {
    const [, mean, variance] = native(forward, fusedInputs(x, by), fused(by.epsilon));
    return { mean: mean as tf.Tensor, variance: variance as tf.Tensor };
  }
  const { mean, variance } = batchMoments(x);
  const count = x.size / mean.size;
  // A single value has no unbiased variance; the biased one (0) is what can be said of it.
  return { mean, variance: tf.mul(variance, count / Math.max(1, count - 1)) };
}

/** Normalises with the batch's own moments, through which the gradient flows. */
export function normalizeBatch(images: tf.Tensor, { gamma, beta, epsilon }: Affine): tf.Tensor {
  const normalized = tf.customGrad((input, scale, offset, save) => {
    const x = input as tf.Tensor;
    const by = { gamma: scale as tf.Tensor, beta: offset as tf.Tensor, epsilon };
    const [value, ...kept] = hasNative(forward)
      ? fusedForward(x, by)
      : [normalize(x, { ...by, ...batchMoments(x) })];
    (save as tf.GradSaveFunc)([x, by.gamma, ...kept]);
    const gradFunc = (dy: tf.Tensor, [given, factor, ...rest]: tf.Tensor[]) => {
      const point = { dy, x: given as tf.Tensor, gamma: factor as tf.Tensor };
      return rest.length > 0 ? fusedGradients(point, rest, epsilon) : gradients(point, epsilon);
    };
    return { value: value as tf.Tensor, gradFunc };
  });
  return normalized(images, gamma, beta);
}

const forward = "FusedBatchNormV3";
const backward = "FusedBatchNormGradV3";

const fused = (epsilon: number) => ({ epsilon, data_format: "NHWC", is_training: true });

/** As the fused kernels want it: four axes, whatever lies between the first and the last. */
const asImages = (x: tf.Tensor): tf.Tensor =>
  x.shape.length === 4 ? x : tf.reshape(x, [-1, 1, 1, x.shape.at(-1) ?? 1]);

function fusedInputs(x: tf.Tensor, { gamma, beta }: Affine): tf.Tensor[] {
  const none = tf.tensor1d([], "float32");
  return [asImages(x), gamma, beta, none, none];
}

/** The normalised values, and what the gradient wants to have kept. */
function fusedForward(x: tf.Tensor, by: Affine): tf.Tensor[] {
  const [y, , , ...kept] = native(forward, fusedInputs(x, by), fused(by.epsilon));
  return [tf.reshape(y as tf.Tensor, x.shape), ...kept];
}

interface GradientPoint {
  dy: tf.Tensor;
  x: tf.Tensor;
  gamma: tf.Tensor;
}

/** Of x, gamma and beta. That of x can be differentiated once more. */
function fusedGradients(
  { dy, x, gamma }: GradientPoint,
  kept: tf.Tensor[],
  epsilon: number,
): tf.Tensor[] {
  const given = [asImages(dy), asImages(x), gamma, ...kept];
  const [dx, dgamma, dbeta] = native(backward, given, fused(epsilon));
  const ofImages = tf.customGrad((upstream, input, scale, save) => {
    (save as tf.GradSaveFunc)([upstream, input, scale] as tf.Tensor[]);
    return {
      value: tf.reshape(dx as tf.Tensor, x.shape),
      gradFunc: (ddx: tf.Tensor, [a, b, c]: tf.Tensor[]) =>
        secondGradients(
          ddx,
          { dy: a as tf.Tensor, x: b as tf.Tensor, gamma: c as tf.Tensor },
          epsilon,
        ),
    };
  });
  return [ofImages(dy, x, gamma), dgamma as tf.Tensor, dbeta as tf.Tensor];
}

/** The same out of operations that can be differentiated again. */
function gradients({ dy, x, gamma }: GradientPoint, epsilon: number): tf.Tensor[] {
  const { axes, root, normal, projected } = projectionAt(x, epsilon);
  const ofDy = projected(dy);
  return [tf.mul(ofDy, tf.div(gamma, root)), tf.sum(tf.mul(dy, normal), axes), tf.sum(dy, axes)];
}

/** The root r, the normalised values n, and P(v) = v − mean(v) − n·mean(v·n), through which both gradients go. */
function projectionAt(x: tf.Tensor, epsilon: number) {
  const axes = batchAxes(x);
  const { mean, variance } = batchMoments(x);
  const root = rootOf(variance, epsilon);
  const normal = tf.div(tf.sub(x, mean), root);
  const along = (v: tf.Tensor) => tf.mean(tf.mul(v, normal), axes);
  const projected = (v: tf.Tensor) => tf.sub(tf.sub(v, tf.mean(v, axes)), tf.mul(normal, along(v)));
  return { axes, root, normal, along, projected };
}

/**
 * What `u`, the gradient of dx, makes of dy, x and gamma. With P, n and r
 * of `projectionAt`, dx = γ/r·P(dy); P is its own adjoint, ∂r/∂x = n/N and
 * ∂mean(v·n)/∂x = P(v)/(N·r), for N values a channel.
 */
function secondGradients(
  u: tf.Tensor,
  { dy, x, gamma }: GradientPoint,
  epsilon: number,
): tf.Tensor[] {
  const { axes, root, normal, along, projected } = projectionAt(x, epsilon);
  const [ofU, ofDy] = [projected(u), projected(dy)];
  const scale = tf.div(gamma, root);
  const turned = tf.addN([
    tf.mul(normal, tf.mean(tf.mul(u, ofDy), axes)),
    tf.mul(ofU, along(dy)),
    tf.mul(ofDy, along(u)),
  ]);
  return [
    tf.mul(ofU, scale),
    tf.mul(turned, tf.neg(tf.div(scale, root))),
    tf.sum(tf.div(tf.mul(u, ofDy), root), axes),
  ];
}
