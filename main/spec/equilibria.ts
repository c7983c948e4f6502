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

const combine = (loss: Loss, real: number, fake: number): number =>
  loss.terms === "mean" ? (real + fake) / 2 : real + fake;

/** Both losses when D(x) = D(G(z)) is the discriminator's best constant answer. */
export function equilibriumOf(loss: Loss): Equilibrium {
  return loss.kind === "leastSquares" ? ofLeastSquares(loss) : ofCrossEntropy(loss);
}

function ofCrossEntropy(loss: LossOf<"binaryCrossEntropy">): Equilibrium {
  const p = (loss.realLabel + loss.fakeLabel) / 2;
  return {
    discriminator: combine(loss, crossEntropy(loss.realLabel, p), crossEntropy(loss.fakeLabel, p)),
    generator: crossEntropy(loss.generatorLabel, p),
  };
}

function ofLeastSquares(loss: LossOf<"leastSquares">): Equilibrium {
  const answer = (loss.realLabel + loss.fakeLabel) / 2;
  const half = (target: number) => (answer - target) ** 2 / 2;
  return {
    discriminator: combine(loss, half(loss.realLabel), half(loss.fakeLabel)),
    generator: half(loss.generatorLabel),
  };
}
