/**
 * A loss as pure functions of the discriminator's answers [batch, 1]. Each term is a mean over the
 * batch; the discriminator's loss is the sum or the mean of its real and its fake term.
 */
import * as tf from "@tensorflow/tfjs-core";

export interface LossFunctions {
  /** The discriminator's term for real images, for generated ones, and how they combine. */
  real(answers: tf.Tensor): tf.Scalar;
  generated(answers: tf.Tensor): tf.Scalar;
  combine(real: tf.Scalar, generated: tf.Scalar): tf.Scalar;
  generator(answers: tf.Tensor): tf.Scalar;
  /** What is shown as D(x): a probability where the loss knows one, else the bare answer. */
  score(answers: tf.Tensor): tf.Tensor;
}

export const combineTerms =
  (terms: "sum" | "mean") =>
  (real: tf.Scalar, generated: tf.Scalar): tf.Scalar => {
    const sum = tf.add(real, generated);
    return (terms === "mean" ? tf.mul(sum, 0.5) : sum) as tf.Scalar;
  };
