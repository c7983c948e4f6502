/** Layers with the values that several presets share, so that a preset reads like its paper. */
import { fanInUniform, type Initializer } from "../initializers.ts";
import type { LayerOf } from "../layers.ts";

/** Biases stay at the framework default whatever the kernel starts from, as the presets' authors left them. */
export const dense = (
  units: number,
  kernelInitializer: Initializer = fanInUniform,
): LayerOf<"dense"> => ({
  kind: "dense",
  units,
  kernelInitializer,
  biasInitializer: fanInUniform,
  spectralNorm: false,
});

interface Convolution {
  kernel: number;
  stride: number;
  padding: "same" | "valid";
  initializer?: Initializer;
  spectralNorm?: boolean;
}

const convolution = (filters: number, options: Convolution) => ({
  filters,
  kernel: options.kernel,
  stride: options.stride,
  padding: options.padding,
  kernelInitializer: options.initializer ?? fanInUniform,
  biasInitializer: fanInUniform,
  spectralNorm: options.spectralNorm ?? false,
});

export const conv2d = (filters: number, options: Convolution): LayerOf<"conv2d"> => ({
  kind: "conv2d",
  ...convolution(filters, options),
});

export const conv2dTranspose = (
  filters: number,
  options: Convolution,
): LayerOf<"conv2dTranspose"> => ({
  kind: "conv2dTranspose",
  ...convolution(filters, options),
});

export const batchNorm = (): LayerOf<"batchNorm"> => ({
  kind: "batchNorm",
  momentum: 0.9,
  epsilon: 1e-5,
});

export const leakyRelu = (alpha: number): LayerOf<"leakyRelu"> => ({
  kind: "leakyRelu",
  alpha,
});
export const dropout = (rate: number): LayerOf<"dropout"> => ({
  kind: "dropout",
  rate,
});
export const maxPool = (size: number): LayerOf<"maxPool"> => ({
  kind: "maxPool",
  size,
});
export const reshape = (...shape: number[]): LayerOf<"reshape"> => ({
  kind: "reshape",
  shape,
});
export const flatten: LayerOf<"flatten"> = { kind: "flatten" };
export const relu: LayerOf<"relu"> = { kind: "relu" };
export const tanh: LayerOf<"tanh"> = { kind: "tanh" };
export const sigmoid: LayerOf<"sigmoid"> = { kind: "sigmoid" };
