/** From the specification's loss to its functions. */
import type { Loss } from "../../spec/losses.ts";
import { hinge, wasserstein } from "./critic.ts";
import { binaryCrossEntropy, minimax, nonSaturating } from "./cross-entropy.ts";
import { leastSquares } from "./least-squares.ts";
import type { LossFunctions } from "./loss.ts";

export type { LossFunctions } from "./loss.ts";

export function lossFunctions(loss: Loss): LossFunctions {
  switch (loss.kind) {
    case "minimax":
      return minimax(loss);
    case "nonSaturating":
      return nonSaturating(loss);
    case "binaryCrossEntropy":
      return binaryCrossEntropy(loss);
    case "leastSquares":
      return leastSquares(loss);
    case "wasserstein":
      return wasserstein;
    case "hinge":
      return hinge;
  }
}
