/** Layers that treat each value alone: activations, and dropout (Srivastava et al. 2014). */
import * as v from "valibot";
import type { LayerKind } from "./kind.ts";

export const reluSchema = v.strictObject({ kind: v.literal("relu") });
export const leakyReluSchema = v.strictObject({
  kind: v.literal("leakyRelu"),
  alpha: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
});
export const eluSchema = v.strictObject({
  kind: v.literal("elu"),
  alpha: v.pipe(v.number(), v.minValue(0), v.maxValue(10)),
});
export const tanhSchema = v.strictObject({ kind: v.literal("tanh") });
export const sigmoidSchema = v.strictObject({ kind: v.literal("sigmoid") });
export const linearSchema = v.strictObject({ kind: v.literal("linear") });
export const dropoutSchema = v.strictObject({
  kind: v.literal("dropout"),
  /** Share of values that are set to 0 while training; the others are divided by 1 − rate. */
  rate: v.pipe(v.number(), v.minValue(0), v.ltValue(1)),
});

export const pointwise: LayerKind<object> = {
  output: (_layer, input) => input,
};

export const leakyRelu: LayerKind<{ alpha: number }> = {
  ...pointwise,
  describe: (layer) => `slope ${layer.alpha.toString()}`,
};

export const dropout: LayerKind<v.InferOutput<typeof dropoutSchema>> = {
  ...pointwise,
  describe: (layer) => `rate ${layer.rate.toString()}`,
};
