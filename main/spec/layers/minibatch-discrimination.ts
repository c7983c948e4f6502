/**
 * Minibatch discrimination (Salimans et al. 2016, section 3.2): each example of a batch learns how
 * close the others are, in `kernels` learned projections of `dimensions` each, as further features.
 */
import * as v from "valibot";
import { initializerSchema } from "../initializers.ts";
import { formatShape, sizeSchema } from "../shape.ts";
import { ShapeMismatch, type LayerKind } from "./kind.ts";

export const minibatchDiscriminationSchema = v.strictObject({
  kind: v.literal("minibatchDiscrimination"),
  kernels: sizeSchema(1024),
  dimensions: sizeSchema(1024),
  kernelInitializer: initializerSchema,
});

export const minibatchDiscrimination: LayerKind<
  v.InferOutput<typeof minibatchDiscriminationSchema>
> = {
  output(layer, input) {
    const [features] = input;
    if (features === undefined || input.length !== 1) {
      throw new ShapeMismatch(
        `expects a flat vector, gets ${formatShape(input)}; put a flatten layer before it`,
      );
    }
    return [features + layer.kernels];
  },
  variables(layer, [features = 0]) {
    const width = layer.kernels * layer.dimensions;
    return [
      {
        name: "kernel",
        shape: [features, width],
        initializer: layer.kernelInitializer,
        trainable: true,
        fanIn: features,
        fanOut: width,
      },
    ];
  },
  describe: (layer) => `${layer.kernels.toString()} kernels of ${layer.dimensions.toString()}`,
};
