/** Losses of an unbounded critic: Wasserstein (Arjovsky et al. 2017) and hinge (Lim and Ye 2017). */
import * as tf from "@tensorflow/tfjs-core";
import { relu } from "../ops/activation.ts";
import type { LossFunctions } from "./loss.ts";

export const wasserstein: LossFunctions = {
  real: (answers) => tf.neg(answers),
  generated: (answers) => answers,
  generator: (answers) => tf.neg(answers),
  score: (answers) => answers,
};

export const hinge: LossFunctions = {
  ...wasserstein,
  real: (answers) => relu(tf.sub(1, answers)),
  generated: (answers) => relu(tf.add(1, answers)),
};
