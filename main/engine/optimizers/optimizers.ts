/** From the specification's optimiser to its functions. */
import type { Optimizer } from "../../spec/optimizers.ts";
import { adam } from "./adam.ts";
import type { OptimizerFunctions } from "./optimizer.ts";
import { rmsprop } from "./rmsprop.ts";
import { sgd } from "./sgd.ts";

export type { OptimizerFunctions } from "./optimizer.ts";

export function optimizerFunctions(optimizer: Optimizer): OptimizerFunctions {
  switch (optimizer.kind) {
    case "adam":
      return adam(optimizer);
    case "sgd":
      return sgd(optimizer);
    case "rmsprop":
      return rmsprop(optimizer);
  }
}
