/**
 * How far a player's loss is from its best, on a scale that is the same for every loss: 0 when it
 * always wins, 1 where neither can tell (main/spec/equilibria.ts). Wasserstein and, for the generator,
 * hinge losses have no best, so there is no such number for them.
 */
import { equilibriumOf } from "../../spec/equilibria.ts";
import type { Loss } from "../../spec/losses.ts";

interface Scale {
  best: number;
  balance: number;
}

/** Cross-entropy of a label with itself: smoothed labels leave a loss that nobody can go below. */
const entropy = (p: number): number =>
  (p <= 0 ? 0 : -p * Math.log(p)) - (p >= 1 ? 0 : (1 - p) * Math.log(1 - p));

/** Null for a loss that has no best. */
export function discriminatorScale(loss: Loss): Scale | null {
  if (loss.kind === "wasserstein") return null;
  const balance = equilibriumOf(loss).discriminator;
  const sum =
    loss.kind === "binaryCrossEntropy" ? entropy(loss.realLabel) + entropy(loss.fakeLabel) : 0;
  return { best: loss.terms === "mean" ? sum / 2 : sum, balance };
}

/** Null for a loss that has no best. */
export function generatorScale(loss: Loss): Scale | null {
  const balance = equilibriumOf(loss).generator;
  switch (loss.kind) {
    case "wasserstein":
    case "hinge":
    // The generator's part of the minimax game has no floor: log(1 − D) falls without end.
    // falls through
    case "minimax":
      return null;
    case "nonSaturating":
    case "leastSquares":
      return { best: 0, balance };
    case "binaryCrossEntropy":
      return { best: entropy(loss.generatorLabel), balance };
  }
}

/** 0 at its best, 1 at balance, more beyond. */
export const onScale =
  ({ best, balance }: Scale) =>
  (loss: number): number =>
    (loss - best) / (balance - best);
