/** The forward pass of each kind of layer, over explicit variables. Shapes stand in main/spec. */
import * as tf from "@tensorflow/tfjs-core";
import type { Layer, LayerOf } from "../../spec/layers.ts";
import type { Shape } from "../../spec/shape.ts";
import { elu, leakyRelu, relu, sigmoid, tanh } from "../ops/activation.ts";
import { batchStatistics, normalize, normalizeBatch } from "../ops/batch-norm.ts";
import { addBias } from "../ops/bias.ts";
import { detach } from "../ops/detach.ts";
import { normalizeExamples } from "../ops/layer-norm.ts";
import { minibatchDiscrimination } from "../ops/minibatch-discrimination.ts";
import { averagePool, maxPool, upsample } from "../ops/pooling.ts";
import { spectralNormalize } from "../ops/spectral-norm.ts";
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
  /**
   * True where batch normalisation follows: it subtracts the bias again with the mean, so that the
   * bias has exactly no gradient. Computed, that zero is rounding, which Adam makes into full steps.
   */
  biasIsIdle: boolean;
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

interface WithKernel {
  layer: { spectralNorm: boolean };
  variables: Tensors;
  mode: Mode;
  biasIsIdle: boolean;
}

/** A layer that multiplies by its kernel, spectrally normalised where it says so, and adds a bias. */
function withKernel(
  { layer, variables, mode, biasIsIdle }: WithKernel,
  outputAxis: number,
  multiply: (kernel: tf.Tensor) => tf.Tensor,
): LayerResult {
  const kernel = tensorOf(variables, "kernel");
  const bias = tensorOf(variables, "bias");
  const biased = (x: tf.Tensor) => addBias(x, biasIsIdle ? detach(bias) : bias);
  if (!layer.spectralNorm) return { output: biased(multiply(kernel)) };
  const normal = spectralNormalize(kernel, outputAxis, tensorOf(variables, "u"), mode.training);
  const output = biased(multiply(normal.kernel));
  return mode.training ? { output, statistics: { u: normal.u } } : { output };
}

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
  const by = { gamma, beta, epsilon };
  const { mean, variance } = batchStatistics(detach(x), by);
  const keep = (moving: tf.Tensor, measured: tf.Tensor) =>
    tf.add(tf.mul(moving, layer.momentum), tf.mul(measured, 1 - layer.momentum));
  return {
    output: normalizeBatch(x, by),
    statistics: {
      movingMean: keep(movingMean, mean),
      movingVariance: keep(movingVariance, variance),
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

const conv2d: Forward<"conv2d"> = (x, call) =>
  withKernel(call, 3, (kernel) =>
    tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, call.layer.stride, call.layer.padding),
  );

const conv2dTranspose: Forward<"conv2dTranspose"> = (x, call) =>
  withKernel(call, 2, (kernel) =>
    tf.conv2dTranspose(
      x as tf.Tensor4D,
      kernel as tf.Tensor4D,
      [x.shape[0], ...call.output] as [number, number, number, number],
      call.layer.stride,
      call.layer.padding,
    ),
  );

const forwards: { [Kind in Layer["kind"]]: Forward<Kind> } = {
  dense: (x, call) => withKernel(call, 1, (kernel) => tf.matMul(x, kernel)),
  conv2d,
  conv2dTranspose,
  maxPool: (x, { layer }) => ({ output: maxPool(x, layer.size) }),
  averagePool: (x, { layer }) => ({ output: averagePool(x, layer.size) }),
  upsample: (x, { layer }) => ({ output: upsample(x, layer.size) }),
  batchNorm,
  layerNorm: (x, { layer, variables }) => ({
    output: normalizeExamples(x, {
      gamma: tensorOf(variables, "gamma"),
      beta: tensorOf(variables, "beta"),
      epsilon: layer.epsilon,
    }),
  }),
  minibatchDiscrimination: (x, { layer, variables }) => ({
    output: minibatchDiscrimination(x, tensorOf(variables, "kernel"), layer.kernels),
  }),
  dropout,
  flatten: (x, { output }) => ({ output: tf.reshape(x, [x.shape[0], ...output]) }),
  reshape: (x, { output }) => ({ output: tf.reshape(x, [x.shape[0], ...output]) }),
  relu: plain(relu),
  leakyRelu: (x, { layer }) => ({ output: leakyRelu(x, layer.alpha) }),
  elu: (x, { layer }) => ({ output: elu(x, layer.alpha) }),
  tanh: plain(tanh),
  sigmoid: plain(sigmoid),
  linear: plain((x) => x),
};

/** Runs one layer on a batch `x` [batch, …input] → [batch, …output]. */
export const runLayer = (x: tf.Tensor, call: LayerCall<Layer["kind"]>): LayerResult =>
  (forwards[call.layer.kind] as Forward<Layer["kind"]>)(x, call);
