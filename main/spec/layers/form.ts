/** Layers that only change an example's form: flatten and reshape, in height, width, channel order. */
import * as v from "valibot";
import { formatShape, sizeOf, sizeSchema } from "../shape.ts";
import { ShapeMismatch, type LayerKind } from "./kind.ts";

export const flattenSchema = v.strictObject({ kind: v.literal("flatten") });
export const reshapeSchema = v.strictObject({
  kind: v.literal("reshape"),
  shape: v.pipe(v.array(sizeSchema(1_048_576)), v.minLength(1), v.maxLength(3)),
});

export const flatten: LayerKind<v.InferOutput<typeof flattenSchema>> = {
  output: (_layer, input) => [sizeOf(input)],
};

export const reshape: LayerKind<v.InferOutput<typeof reshapeSchema>> = {
  output(layer, input) {
    if (sizeOf(layer.shape) !== sizeOf(input)) {
      throw new ShapeMismatch(
        `makes ${formatShape(layer.shape)} (${sizeOf(layer.shape).toString()} values), ` +
          `gets ${formatShape(input)} (${sizeOf(input).toString()} values)`,
      );
    }
    return layer.shape;
  },
  describe: (layer) => formatShape(layer.shape),
};
