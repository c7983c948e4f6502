/**
 * Batch normalisation (Ioffe and Szegedy 2015) over all axes but the last. Training normalises with
 * the batch's biased variance; the moving variance takes the unbiased one and keeps `momentum` of
 * its old value (PyTorch's convention, whose momentum is 1 minus ours).
 */
import * as v from "valibot";
import { constant } from "../initializers.ts";
import { ShapeMismatch, type LayerKind } from "./kind.ts";

export const batchNormSchema = v.strictObject({
  kind: v.literal("batchNorm"),
  momentum: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  epsilon: v.pipe(v.number(), v.gtValue(0), v.maxValue(1)),
});

export const batchNorm: LayerKind<v.InferOutput<typeof batchNormSchema>> = {
  output(_layer, input) {
    if (input.length === 0)
      throw new ShapeMismatch("expects a vector or an image, gets one number");
    return input;
  },
  variables(_layer, input) {
    const channels = input.at(-1) ?? 0;
    const of = (name: string, value: number, trainable: boolean) => ({
      name,
      shape: [channels],
      initializer: constant(value),
      trainable,
      fanIn: channels,
      fanOut: channels,
    });
    return [
      of("gamma", 1, true),
      of("beta", 0, true),
      of("movingMean", 0, false),
      of("movingVariance", 1, false),
    ];
  },
  describe: (layer) => `momentum ${layer.momentum.toString()}`,
};
