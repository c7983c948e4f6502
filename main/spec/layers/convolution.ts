/**
 * Convolution (kernel [height, width, in, out]) and transposed convolution (kernel
 * [height, width, out, in]) of NHWC images, with TensorFlow's meaning of «same» and «valid»
 * (Dumoulin and Visin 2016 draw both).
 */
import * as v from "valibot";
import { initializerSchema } from "../initializers.ts";
import { formatShape, sizeSchema, type Shape } from "../shape.ts";
import { ShapeMismatch, type LayerKind, type Variable } from "./kind.ts";
import { withSpectralNorm } from "./spectral-norm.ts";

const shared = {
  filters: sizeSchema(65_536),
  kernel: sizeSchema(64),
  stride: sizeSchema(16),
  padding: v.picklist(["same", "valid"]),
  kernelInitializer: initializerSchema,
  biasInitializer: initializerSchema,
  spectralNorm: v.boolean(),
};

export const conv2dSchema = v.strictObject({
  kind: v.literal("conv2d"),
  ...shared,
});
export const conv2dTransposeSchema = v.strictObject({
  kind: v.literal("conv2dTranspose"),
  ...shared,
});

type Conv2d = v.InferOutput<typeof conv2dSchema>;
type Conv2dTranspose = v.InferOutput<typeof conv2dTransposeSchema>;

function imageOf(input: Shape): readonly [number, number, number] {
  const [height, width, channels] = input;
  if (height === undefined || width === undefined || channels === undefined || input.length !== 3) {
    throw new ShapeMismatch(
      `expects an image (height×width×channels), gets ${formatShape(input)}; put a reshape layer before it`,
    );
  }
  return [height, width, channels];
}

function variables(
  layer: Conv2d | Conv2dTranspose,
  kernelShape: Shape,
  fanIn: number,
  fanOut: number,
): Variable[] {
  const fan = { fanIn, fanOut, trainable: true };
  return withSpectralNorm(layer, layer.filters, [
    {
      name: "kernel",
      shape: kernelShape,
      initializer: layer.kernelInitializer,
      ...fan,
    },
    {
      name: "bias",
      shape: [layer.filters],
      initializer: layer.biasInitializer,
      ...fan,
    },
  ]);
}

const describe = (layer: Conv2d | Conv2dTranspose): string =>
  `${layer.filters.toString()} ${layer.filters === 1 ? "filter" : "filters"}, kernel ${layer.kernel.toString()}, ` +
  `stride ${layer.stride.toString()}, ${layer.padding}`;

export const conv2d: LayerKind<Conv2d> = {
  output(layer, input) {
    const [height, width] = imageOf(input);
    if (layer.padding === "valid" && Math.min(height, width) < layer.kernel) {
      const kernel = `${layer.kernel.toString()}×${layer.kernel.toString()}`;
      throw new ShapeMismatch(
        `its kernel is ${kernel}, but the input is only ${formatShape([height, width])}; make the kernel smaller or use padding «same»`,
      );
    }
    const out = (size: number) =>
      layer.padding === "same"
        ? Math.ceil(size / layer.stride)
        : Math.ceil((size - layer.kernel + 1) / layer.stride);
    return [out(height), out(width), layer.filters];
  },
  variables(layer, input) {
    const [, , channels] = imageOf(input);
    const { kernel: k, filters } = layer;
    return variables(layer, [k, k, channels, filters], k * k * channels, k * k * filters);
  },
  describe,
};

export const conv2dTranspose: LayerKind<Conv2dTranspose> = {
  output(layer, input) {
    const [height, width] = imageOf(input);
    const out = (size: number) =>
      layer.padding === "same"
        ? size * layer.stride
        : (size - 1) * layer.stride + Math.max(layer.kernel, layer.stride);
    return [out(height), out(width), layer.filters];
  },
  variables(layer, input) {
    const [, , channels] = imageOf(input);
    const { kernel: k, filters } = layer;
    // PyTorch computes a transposed kernel's fan-in from its output channels; the presets'
    // published start values depend on it, so we do the same.
    return variables(layer, [k, k, filters, channels], k * k * filters, k * k * channels);
  },
  describe,
};
