/**
 * The game's loss as data. Sources: binary cross-entropy and its non-saturating generator form,
 * Goodfellow et al. 2014; one-sided label smoothing, Salimans et al. 2016; least squares, Mao et
 * al. 2017.
 */
import * as v from "valibot";

const label = v.pipe(v.number(), v.finite());
const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** How the discriminator's real and fake terms become one loss. */
const terms = v.picklist(["sum", "mean"]);

export const lossSchema = v.variant("kind", [
  v.strictObject({
    kind: v.literal("binaryCrossEntropy"),
    /** What the discriminator's last layer gives: any real number, or a probability (sigmoid). */
    on: v.picklist(["logits", "probabilities"]),
    realLabel: probability,
    fakeLabel: probability,
    generatorLabel: probability,
    terms,
  }),
  v.strictObject({
    kind: v.literal("leastSquares"),
    realLabel: label,
    fakeLabel: label,
    generatorLabel: label,
    terms,
  }),
]);

export type Loss = v.InferOutput<typeof lossSchema>;
export type LossOf<Kind extends Loss["kind"]> = Extract<Loss, { kind: Kind }>;
