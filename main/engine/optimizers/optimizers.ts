/** From the specification's optimiser to its functions. */
import type { Optimizer } from "../../spec/optimizers.ts";
import { adam } from "./adam.ts";
import type { OptimizerFunctions } from "./optimizer.ts";

export type { OptimizerFunctions } from "./optimizer.ts";

/** One kind so far; the next ones join by a case each. */
export const optimizerFunctions = (optimizer: Optimizer): OptimizerFunctions => adam(optimizer);
