/**
 * The game's loss as data. Sources: minimax, non-saturating and binary cross-entropy, Goodfellow et
 * al. 2014; one-sided label smoothing, Salimans et al. 2016; least squares, Mao et al. 2017;
 * Wasserstein, Arjovsky et al. 2017; hinge, Lim and Ye 2017.
 */
import * as v from "valibot";

const label = v.pipe(v.number(), v.finite());
const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** What every loss states. */
const shared = {
  /** How the discriminator's real and fake terms become one loss. */
  terms: v.picklist(["sum", "mean"]),
  /** Share of images that the discriminator is shown as the other kind. */
  flipRate: probability,
};

/** What the discriminator's last layer gives: any real number, or a probability (sigmoid). */
const on = v.picklist(["logits", "probabilities"]);

export const lossSchema = v.variant("kind", [
  /** The generator descends log(1 − D(G(z))), which flattens when it loses. */
  v.strictObject({ kind: v.literal("minimax"), on, ...shared }),
  /** The generator ascends log D(G(z)) instead. */
  v.strictObject({ kind: v.literal("nonSaturating"), on, ...shared }),
  v.strictObject({
    kind: v.literal("binaryCrossEntropy"),
    on,
    realLabel: probability,
    fakeLabel: probability,
    generatorLabel: probability,
    ...shared,
  }),
  v.strictObject({
    kind: v.literal("leastSquares"),
    realLabel: label,
    fakeLabel: label,
    generatorLabel: label,
    ...shared,
  }),
  v.strictObject({ kind: v.literal("wasserstein"), ...shared }),
  v.strictObject({ kind: v.literal("hinge"), ...shared }),
]);

export type Loss = v.InferOutput<typeof lossSchema>;
export type LossOf<Kind extends Loss["kind"]> = Extract<Loss, { kind: Kind }>;

/** Whether the loss wants a sigmoid as the discriminator's last layer. */
export const wantsProbabilities = (loss: Loss): boolean =>
  "on" in loss && loss.on === "probabilities";
