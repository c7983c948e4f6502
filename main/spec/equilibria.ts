/**
 * The losses at the point where the discriminator cannot tell real from generated images and
 * answers the same for both: the lines that a loss chart draws (Goodfellow et al. 2014, theorem 1).
 */
import type { Loss, LossOf } from "./losses.ts";

export interface Equilibrium {
  discriminator: number;
  generator: number;
}

const crossEntropy = (label: number, p: number): number =>
  (label === 0 ? 0 : -label * Math.log(p)) - (label === 1 ? 0 : (1 - label) * Math.log(1 - p));

/**
 * What D answers there, as it is shown: ½ as a probability, halfway between the labels, or 0 for a
 * hinge. Null for a Wasserstein critic, whose answers have no fixed zero.
 */
export function balancedScore(loss: Loss): number | null {
  switch (loss.kind) {
    case "minimax":
    case "nonSaturating":
      return 0.5;
    case "binaryCrossEntropy":
    case "leastSquares":
      return (loss.realLabel + loss.fakeLabel) / 2;
    case "hinge":
      return 0;
    case "wasserstein":
      return null;
  }
}

/** The discriminator's two terms and the generator's loss, before terms are combined. */
type Terms = [real: number, generated: number, generator: number];

function ofCrossEntropy(
  labels: Pick<LossOf<"binaryCrossEntropy">, "realLabel" | "fakeLabel" | "generatorLabel">,
): Terms {
  const p = (labels.realLabel + labels.fakeLabel) / 2;
  return [
    crossEntropy(labels.realLabel, p),
    crossEntropy(labels.fakeLabel, p),
    crossEntropy(labels.generatorLabel, p),
  ];
}

function ofLeastSquares(loss: LossOf<"leastSquares">): Terms {
  const answer = (loss.realLabel + loss.fakeLabel) / 2;
  const half = (target: number) => (answer - target) ** 2 / 2;
  return [half(loss.realLabel), half(loss.fakeLabel), half(loss.generatorLabel)];
}

const hard = { realLabel: 1, fakeLabel: 0, generatorLabel: 1 };

function termsOf(loss: Loss): Terms {
  switch (loss.kind) {
    case "minimax":
      return [Math.LN2, Math.LN2, -Math.LN2];
    case "nonSaturating":
      return ofCrossEntropy(hard);
    case "binaryCrossEntropy":
      return ofCrossEntropy(loss);
    case "leastSquares":
      return ofLeastSquares(loss);
    case "wasserstein":
      return [0, 0, 0];
    case "hinge":
      return [1, 1, 0];
  }
}

/** Both losses when D(x) = D(G(z)) is the discriminator's best constant answer. */
export function equilibriumOf(loss: Loss): Equilibrium {
  const [real, generated, generator] = termsOf(loss);
  const sum = real + generated;
  return { discriminator: loss.terms === "mean" ? sum / 2 : sum, generator };
}
