/**
 * Operations of TensorFlow's that do in one pass what tfjs composes of several. Only some engines have
 * them, so whoever calls has the composed form too. They have no gradients of their own.
 */
import * as tf from "@tensorflow/tfjs-core";
import { isRegistered } from "../backend/registry.ts";

/** What each takes, in order, and how many tensors it gives; names and attributes are TensorFlow's. */
export const nativeKernels = {
  BiasAdd: { inputs: 2, outputs: 1 },
  BiasAddGrad: { inputs: 1, outputs: 1 },
  ReluGrad: { inputs: 2, outputs: 1 },
  LeakyReluGrad: { inputs: 2, outputs: 1 },
  FusedBatchNormV3: { inputs: 5, outputs: 6 },
  FusedBatchNormGradV3: { inputs: 6, outputs: 5 },
  L2Loss: { inputs: 1, outputs: 1 },
} as const;

export type NativeKernel = keyof typeof nativeKernels;

/** Numbers and texts are given as such; `number` attributes are float32. */
export type NativeAttributes = Readonly<Record<string, number | string | boolean>>;

export const hasNative = (kernel: NativeKernel): boolean => isRegistered(kernel, tf.getBackend());

/** Throws when the engine lacks it. */
export function native(
  kernel: NativeKernel,
  inputs: readonly tf.Tensor[],
  attributes: NativeAttributes = {},
): tf.Tensor[] {
  const named = Object.fromEntries(inputs.map((tensor, place) => [place.toString(), tensor]));
  const result: tf.Tensor | tf.Tensor[] = tf.engine().runKernel(kernel, named, { ...attributes });
  return Array.isArray(result) ? result : [result];
}
