/** Least squares (Mao et al. 2017): half the mean squared distance to each label. */
import * as tf from "@tensorflow/tfjs-core";
import type { LossOf } from "../../spec/losses.ts";
import { combineTerms, type LossFunctions } from "./loss.ts";

const halfSquared = (answers: tf.Tensor, label: number): tf.Scalar =>
  tf.mul(tf.mean(tf.square(tf.sub(answers, label))), 0.5);

export function leastSquares(loss: LossOf<"leastSquares">): LossFunctions {
  return {
    real: (answers) => halfSquared(answers, loss.realLabel),
    generated: (answers) => halfSquared(answers, loss.fakeLabel),
    combine: combineTerms(loss.terms),
    generator: (answers) => halfSquared(answers, loss.generatorLabel),
    score: (answers) => answers,
  };
}
