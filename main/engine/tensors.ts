/**
 * Named tensors: the form of a run's whole state. Names are «network.layer.variable», slots of the
 * optimiser add «/m»; every function here is pure, and says who disposes.
 */
import type * as tf from "@tensorflow/tfjs-core";

export type Tensors = Readonly<Record<string, tf.Tensor>>;

/** Numbers on the host, as they are stored in checkpoints. */
export interface HostTensor {
  shape: readonly number[];
  values: Float32Array<ArrayBuffer>;
}

export type HostTensors = Readonly<Record<string, HostTensor>>;

/** The tensor of that name. Throws when a state lacks it: a bug or a foreign checkpoint. */
export function tensorOf(tensors: Tensors, name: string): tf.Tensor {
  const tensor = tensors[name];
  if (!tensor) throw new Error(`the state has no tensor «${name}»`);
  return tensor;
}

export const mapTensors = (
  tensors: Tensors,
  change: (tensor: tf.Tensor, name: string) => tf.Tensor,
): Tensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, change(tensor, name)]));

/** Those whose names are in `names`, in that order. */
export const pick = (tensors: Tensors, names: readonly string[]): Tensors =>
  Object.fromEntries(names.map((name) => [name, tensorOf(tensors, name)]));
