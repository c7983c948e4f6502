/** The forward pass of each kind of layer, over explicit variables. Shapes stand in main/spec. */
import * as tf from "@tensorflow/tfjs-core";
import type { Layer, LayerOf } from "../../spec/layers.ts";
import type { Shape } from "../../spec/shape.ts";
import { leakyRelu, relu, sigmoid, tanh } from "../ops/activation.ts";
import { batchMoments, normalize } from "../ops/batch-norm.ts";
import { averagePool, maxPool } from "../ops/pooling.ts";
import { tensorOf, type Tensors } from "../tensors.ts";
import type { Noise } from "./noise.ts";

/** How a pass runs: training uses batch statistics and dropout, evaluation neither. */
export type Mode = { training: true; noise: Noise } | { training: false };

export interface LayerCall<Kind extends Layer["kind"]> {
  layer: LayerOf<Kind>;
  /** The layer's own variables by their short names (kernel, bias, gamma…). */
  variables: Tensors;
  output: Shape;
  mode: Mode;
  /** Names this call among all of a step: one pass, one layer. */
  purpose: string;
}

export interface LayerResult {
  output: tf.Tensor;
  /** New values of measured variables (moving statistics), by short name. */
  statistics?: Tensors;
}

type Forward<Kind extends Layer["kind"]> = (x: tf.Tensor, call: LayerCall<Kind>) => LayerResult;

const plain =
  (f: (x: tf.Tensor) => tf.Tensor) =>
  (x: tf.Tensor): LayerResult => ({ output: f(x) });

const withBias = (x: tf.Tensor, variables: Tensors): LayerResult => ({
  output: tf.add(x, tensorOf(variables, "bias")),
});

const kernelOf = (variables: Tensors): tf.Tensor4D => tensorOf(variables, "kernel") as tf.Tensor4D;

const batchNorm: Forward<"batchNorm"> = (x, { layer, variables, mode }) => {
  const gamma = tensorOf(variables, "gamma");
  const beta = tensorOf(variables, "beta");
  const { epsilon } = layer;
  const movingMean = tensorOf(variables, "movingMean");
  const movingVariance = tensorOf(variables, "movingVariance");
  if (!mode.training) {
    return {
      output: normalize(x, { gamma, beta, epsilon, mean: movingMean, variance: movingVariance }),
    };
  }
  const moments = batchMoments(x);
  const count = x.size / moments.mean.size;
  const keep = (moving: tf.Tensor, measured: tf.Tensor) =>
    tf.add(tf.mul(moving, layer.momentum), tf.mul(measured, 1 - layer.momentum));
  // A single value has no unbiased variance; the biased one (0) is what can be said of it.
  const unbiased = tf.mul(moments.variance, count / Math.max(1, count - 1));
  return {
    output: normalize(x, { gamma, beta, epsilon, ...moments }),
    statistics: {
      movingMean: keep(movingMean, moments.mean),
      movingVariance: keep(movingVariance, unbiased),
    },
  };
};

const dropout: Forward<"dropout"> = (x, { layer, mode, purpose }) => {
  if (!mode.training || layer.rate === 0) return { output: x };
  const kept = tf.cast(
    tf.greaterEqual(mode.noise.uniform(purpose, x.shape), layer.rate),
    "float32",
  );
  return { output: tf.mul(x, tf.mul(kept, 1 / (1 - layer.rate))) };
};

const conv2d: Forward<"conv2d"> = (x, { layer, variables }) =>
  withBias(
    tf.conv2d(x as tf.Tensor4D, kernelOf(variables), layer.stride, layer.padding),
    variables,
  );

const conv2dTranspose: Forward<"conv2dTranspose"> = (x, { layer, variables, output }) =>
  withBias(
    tf.conv2dTranspose(
      x as tf.Tensor4D,
      kernelOf(variables),
      [x.shape[0], ...output] as [number, number, number, number],
      layer.stride,
      layer.padding,
    ),
    variables,
  );

const forwards: { [Kind in Layer["kind"]]: Forward<Kind> } = {
  dense: (x, { variables }) => withBias(tf.matMul(x, tensorOf(variables, "kernel")), variables),
  conv2d,
  conv2dTranspose,
  maxPool: (x, { layer }) => ({ output: maxPool(x, layer.size) }),
  averagePool: (x, { layer }) => ({ output: averagePool(x, layer.size) }),
  batchNorm,
  dropout,
  flatten: (x, { output }) => ({ output: tf.reshape(x, [x.shape[0], ...output]) }),
  reshape: (x, { output }) => ({ output: tf.reshape(x, [x.shape[0], ...output]) }),
  relu: plain(relu),
  leakyRelu: (x, { layer }) => ({ output: leakyRelu(x, layer.alpha) }),
  tanh: plain(tanh),
  sigmoid: plain(sigmoid),
  linear: plain((x) => x),
};

/** Runs one layer on a batch `x` [batch, …input] → [batch, …output]. */
export const runLayer = (x: tf.Tensor, call: LayerCall<Layer["kind"]>): LayerResult =>
  (forwards[call.layer.kind] as Forward<Layer["kind"]>)(x, call);
