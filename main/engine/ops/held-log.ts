/**
 * The logarithm of a probability, held at −100 and above. Its slope is 1/x, taken at 10⁻¹² where x
 * is smaller, so that a discriminator that is sure and wrong gets a large gradient and not NaN
 * (the bounds of PyTorch's BCELoss).
 */
import * as tf from "@tensorflow/tfjs-core";
import { relu } from "./activation.ts";

const least = 1e-12;

export const heldLog: (x: tf.Tensor) => tf.Tensor = tf.customGrad((x, save) => {
  const input = x as tf.Tensor;
  (save as tf.GradSaveFunc)([input]);
  return {
    value: tf.maximum(tf.log(input), -100),
    gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) =>
      tf.div(dy, tf.add(relu(tf.sub(saved as tf.Tensor, least)), least)),
  };
});
