/**
 * What holds the networks back, as data. Weight clipping: Arjovsky et al. 2017; gradient penalty:
 * Gulrajani et al. 2017; R1: Mescheder et al. 2018.
 */
import * as v from "valibot";

const weight = v.pipe(v.number(), v.finite(), v.minValue(0));

export const regularizerSchema = v.variant("kind", [
  v.strictObject({
    /** weight · E(‖∇D(x̂)‖ − target)², at random points between real and generated images. */
    kind: v.literal("gradientPenalty"),
    weight,
    target: weight,
  }),
  /** weight / 2 · E‖∇D(x)‖² at the real images. */
  v.strictObject({ kind: v.literal("r1"), weight }),
  v.strictObject({
    /** weight · Σ|w|, or weight · Σw², over the kernels of one network. */
    kind: v.literal("weightPenalty"),
    network: v.picklist(["generator", "discriminator"]),
    norm: v.picklist(["l1", "l2"]),
    weight,
  }),
  v.strictObject({
    /** All of the discriminator's trained values are cut to [−limit, limit] after each update. */
    kind: v.literal("weightClip"),
    limit: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  }),
]);

export type Regularizer = v.InferOutput<typeof regularizerSchema>;
export type RegularizerOf<Kind extends Regularizer["kind"]> = Extract<Regularizer, { kind: Kind }>;
