/** From the specification's loss to its functions. */
import type { Loss } from "../../spec/losses.ts";
import { binaryCrossEntropy } from "./binary-cross-entropy.ts";
import { leastSquares } from "./least-squares.ts";
import type { LossFunctions } from "./loss.ts";

export type { LossFunctions } from "./loss.ts";

export function lossFunctions(loss: Loss): LossFunctions {
  switch (loss.kind) {
    case "binaryCrossEntropy":
      return binaryCrossEntropy(loss);
    case "leastSquares":
      return leastSquares(loss);
  }
}
