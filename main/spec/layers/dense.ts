/** Fully connected layer: y = x · kernel + bias. Kernel [inputs, units]. */
import * as v from "valibot";
import { initializerSchema } from "../initializers.ts";
import { formatShape, sizeSchema } from "../shape.ts";
import { ShapeMismatch, type LayerKind } from "./kind.ts";
import { withSpectralNorm } from "./spectral-norm.ts";

export const denseSchema = v.strictObject({
  kind: v.literal("dense"),
  units: sizeSchema(1_048_576),
  kernelInitializer: initializerSchema,
  biasInitializer: initializerSchema,
  spectralNorm: v.boolean(),
});

export const dense: LayerKind<v.InferOutput<typeof denseSchema>> = {
  output(layer, input) {
    if (input.length !== 1) {
      throw new ShapeMismatch(
        `expects a flat vector, gets ${formatShape(input)}; put a flatten layer before it`,
      );
    }
    return [layer.units];
  },
  variables(layer, [inputs = 0]) {
    const fan = { fanIn: inputs, fanOut: layer.units, trainable: true };
    return withSpectralNorm(layer, layer.units, [
      {
        name: "kernel",
        shape: [inputs, layer.units],
        initializer: layer.kernelInitializer,
        ...fan,
      },
      {
        name: "bias",
        shape: [layer.units],
        initializer: layer.biasInitializer,
        ...fan,
      },
    ]);
  },
  describe: (layer) => `${layer.units.toString()} ${layer.units === 1 ? "unit" : "units"}`,
};
