/**
 * How a variable gets its start values. The specification always states it; nothing is taken from a
 * library's defaults. Sources: Glorot and Bengio 2010; He et al. 2015; `fanInUniform` is
 * U(±1/√fan_in), the default of PyTorch's linear and convolutional layers.
 */
import * as v from "valibot";

export const initializerSchema = v.variant("kind", [
  v.strictObject({ kind: v.literal("fanInUniform") }),
  v.strictObject({ kind: v.literal("glorotUniform") }),
  v.strictObject({ kind: v.literal("glorotNormal") }),
  v.strictObject({ kind: v.literal("heUniform") }),
  v.strictObject({ kind: v.literal("heNormal") }),
  v.strictObject({
    kind: v.literal("normal"),
    mean: v.pipe(v.number(), v.finite()),
    standardDeviation: v.pipe(v.number(), v.finite(), v.minValue(0)),
  }),
  v.strictObject({
    kind: v.literal("constant"),
    value: v.pipe(v.number(), v.finite()),
  }),
]);

export type Initializer = v.InferOutput<typeof initializerSchema>;

export const fanInUniform: Initializer = { kind: "fanInUniform" };
export const glorotUniform: Initializer = { kind: "glorotUniform" };
export const constant = (value: number): Initializer => ({
  kind: "constant",
  value,
});
