/**
 * Layer normalisation (Ba et al. 2016) of each example over all its values, with a scale and a shift
 * a channel: what takes batch normalisation's place under a gradient penalty.
 */
import * as v from "valibot";
import { constant } from "../initializers.ts";
import { ShapeMismatch, type LayerKind } from "./kind.ts";

export const layerNormSchema = v.strictObject({
  kind: v.literal("layerNorm"),
  epsilon: v.pipe(v.number(), v.gtValue(0), v.maxValue(1)),
});

export const layerNorm: LayerKind<v.InferOutput<typeof layerNormSchema>> = {
  output(_layer, input) {
    if (input.length === 0)
      throw new ShapeMismatch("expects a vector or an image, gets one number");
    return input;
  },
  variables(_layer, input) {
    const channels = input.at(-1) ?? 0;
    const of = (name: string, value: number) => ({
      ...{ name, shape: [channels], initializer: constant(value), trainable: true },
      ...{ fanIn: channels, fanOut: channels },
    });
    return [of("gamma", 1), of("beta", 0)];
  },
};
