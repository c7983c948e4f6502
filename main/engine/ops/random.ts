/**
 * Seeded random tensors: float32, the same numbers on every engine for the same seed. They have no
 * gradient.
 */
import * as tf from "@tensorflow/tfjs-core";
import { randomNormalKernel, randomUniformKernel } from "./random-kernels.ts";

const draw = (kernel: string, seed: tf.Tensor1D, shape: number[]): tf.Tensor =>
  tf.engine().runKernel(kernel, { seed }, { shape });

/** Uniform in [0, 1). `seed`: two int32 numbers. */
export const randomUniform = (seed: tf.Tensor1D, shape: number[]): tf.Tensor =>
  draw(randomUniformKernel, seed, shape);

/** Standard normal. `seed`: two int32 numbers. */
export const randomNormal = (seed: tf.Tensor1D, shape: number[]): tf.Tensor =>
  draw(randomNormalKernel, seed, shape);
