/** Least squares (Mao et al. 2017): half the squared distance to each label. */
import * as tf from "@tensorflow/tfjs-core";
import type { LossOf } from "../../spec/losses.ts";
import type { LossFunctions } from "./loss.ts";

const halfSquared = (answers: tf.Tensor, label: number): tf.Tensor =>
  tf.mul(tf.square(tf.sub(answers, label)), 0.5);

export const leastSquares = (loss: LossOf<"leastSquares">): LossFunctions => ({
  real: (answers) => halfSquared(answers, loss.realLabel),
  generated: (answers) => halfSquared(answers, loss.fakeLabel),
  generator: (answers) => halfSquared(answers, loss.generatorLabel),
  score: (answers) => answers,
});
