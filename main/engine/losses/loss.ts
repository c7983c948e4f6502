/**
 * A loss as pure functions of the discriminator's answers [batch, 1], one value an answer: whoever
 * uses them takes the mean, so that single images can be counted as the other kind.
 */
import type * as tf from "@tensorflow/tfjs-core";

export interface LossFunctions {
  /** The discriminator's loss for answers to real images, and to generated ones. */
  real: (answers: tf.Tensor) => tf.Tensor;
  generated: (answers: tf.Tensor) => tf.Tensor;
  /** The generator's, for answers to its images. */
  generator: (answers: tf.Tensor) => tf.Tensor;
  /** What is shown as D(x): a probability where the loss knows one, else the bare answer. */
  score: (answers: tf.Tensor) => tf.Tensor;
}
