/**
 * A network as plain operations in the order in which they compute: what every export format is
 * written from. Nothing here knows of training: dropout is gone, spectral norm is divided into the
 * weights, moving statistics are constants.
 *
 * Values have the shape [n, features] or [n, height, width, channels]; shapes are given without n.
 * Every operation takes the result of the one before it; `joinLabels` takes the labels as well.
 */
import type { HostTensor } from "../engine/tensors.ts";
import type { Shape } from "../spec/shape.ts";
import type { Edges } from "./padding.ts";

interface Common {
  /** Unlike any other of the network, and a word in every format: «dense1», «conv_transpose2». */
  name: string;
  /** Place of its layer in the specification, from 0; null for what the specification does not list. */
  layer: number | null;
  /** One or three sizes. */
  input: Shape;
  output: Shape;
}

/** y = x · kernel + bias. Kernel [inputs, units], bias [units]. */
interface Dense extends Common {
  kind: "dense";
  weights: { kernel: HostTensor; bias: HostTensor };
}

/** Kernel [size, size, channels in, channels out], bias [channels out]. */
interface Convolution extends Common {
  kind: "convolution";
  size: number;
  stride: number;
  padding: "same" | "valid";
  /** Zeros around the image; they may differ by one between the edges. */
  pads: Edges;
  weights: { kernel: HostTensor; bias: HostTensor };
}

/** Kernel [size, size, channels out, channels in], bias [channels out]; the kernel is not turned. */
interface TransposedConvolution extends Common {
  kind: "transposedConvolution";
  size: number;
  stride: number;
  padding: "same" | "valid";
  /** What is cut off the whole result, (in − 1) · stride + size a side. */
  crop: Edges;
  /** Rows below and columns to the right that only the bias reaches: where a stride is wider than the kernel. */
  extra: number;
  weights: { kernel: HostTensor; bias: HostTensor };
}

/** (x − mean) · gamma / √(variance + epsilon) + beta, each [channels]; channels are the last axis. */
interface BatchNorm extends Common {
  kind: "batchNorm";
  epsilon: number;
  /** Share of a moving statistic that a training pass keeps; inference does not need it. */
  momentum: number;
  weights: { gamma: HostTensor; beta: HostTensor; mean: HostTensor; variance: HostTensor };
}

/** Each example by the mean and biased variance of all its values; gamma and beta [channels]. */
interface LayerNorm extends Common {
  kind: "layerNorm";
  epsilon: number;
  weights: { gamma: HostTensor; beta: HostTensor };
}

/**
 * x [n, features] and how close each example lies to its batch, [n, features + kernels]: with
 * m = x · kernel as [n, kernels, dimensions], Σ over the batch of exp(−Σ|m − m'|).
 * Kernel [features, kernels · dimensions].
 */
interface MinibatchDiscrimination extends Common {
  kind: "minibatchDiscrimination";
  kernels: number;
  dimensions: number;
  weights: { kernel: HostTensor };
}

interface Activation extends Common {
  kind: "relu" | "tanh" | "sigmoid";
}

/** x where x > 0, else alpha · x (leaky) or alpha · (eˣ − 1). */
interface SlopedActivation extends Common {
  kind: "leakyRelu" | "elu";
  alpha: number;
}

/** The same values in the order height, width, channels. */
interface Reshape extends Common {
  kind: "reshape";
}

/** Windows of size × size that do not overlap (rows that do not fill one are cut); or their opposite. */
interface Windowed extends Common {
  kind: "maxPool" | "averagePool" | "upsample";
  size: number;
}

/** One-hot labels behind the features: as further features, or as planes behind the channels. */
interface JoinLabels extends Common {
  kind: "joinLabels";
  classes: number;
}

export type Operation =
  | Dense
  | Convolution
  | TransposedConvolution
  | BatchNorm
  | LayerNorm
  | MinibatchDiscrimination
  | Activation
  | SlopedActivation
  | Reshape
  | Windowed
  | JoinLabels;

export type OperationOf<Kind extends Operation["kind"]> = Extract<Operation, { kind: Kind }>;

/** An operation's weights by their short names, in a fixed order; empty where it has none. */
export const weightsOf = (operation: Operation): Record<string, HostTensor> =>
  "weights" in operation ? { ...operation.weights } : {};
