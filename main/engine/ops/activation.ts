/**
 * Activations whose gradients can be differentiated again. tfjs builds those of tanh and sigmoid
 * from the saved output and so loses the path to the input: the second derivative is then wrong, in
 * silence. Here gradients are made from the saved input, out of operations that are right; only those
 * of rectifiers, which no path leads through, from the output.
 */
import * as tf from "@tensorflow/tfjs-core";
import { hasNative, native } from "./native.ts";

type Unary = (x: tf.Tensor) => tf.Tensor;

/** A pointwise operation with value `f(x)` and derivative `slope(x)`. */
const pointwise = (f: Unary, slope: Unary): Unary =>
  tf.customGrad((x, save) => {
    const input = x as tf.Tensor;
    (save as tf.GradSaveFunc)([input]);
    return {
      value: f(input),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, slope(saved[0] as tf.Tensor)),
    };
  });

/** 1 where x > 0, else `alpha`; its own derivative is 0 almost everywhere and taken as 0. */
function slopeMask(x: tf.Tensor, alpha: number): tf.Tensor {
  const mask = tf.customGrad((input) => {
    const positive = tf.cast(tf.greater(input as tf.Tensor, 0), "float32");
    const value = alpha === 0 ? positive : tf.add(tf.mul(positive, 1 - alpha), alpha);
    return { value, gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy) };
  });
  return mask(x);
}

/** `dy` where x > 0, else alpha · dy: the gradient of a rectifier. Linear in dy; x does not move it. */
function rectifierGradient(dy: tf.Tensor, x: tf.Tensor, alpha: number): tf.Tensor {
  const kernel = alpha === 0 ? "ReluGrad" : "LeakyReluGrad";
  if (!hasNative(kernel)) return tf.mul(dy, slopeMask(x, alpha));
  const gradient = tf.customGrad((upstream, input, save) => {
    const at = input as tf.Tensor;
    (save as tf.GradSaveFunc)([at]);
    const given = [upstream as tf.Tensor, at];
    return {
      value: native(kernel, given, alpha === 0 ? {} : { alpha })[0] as tf.Tensor,
      gradFunc: (ddy: tf.Tensor, saved: tf.Tensor[]) => [
        rectifierGradient(ddy, saved[0] as tf.Tensor, alpha),
        tf.zerosLike(saved[0] as tf.Tensor),
      ],
    };
  });
  return gradient(dy, x);
}

/**
 * Its gradient is made from the output, which is above 0 where the input is: the input may then be
 * fused away. No path is lost with it, for the gradient's derivative by the input is 0.
 */
const rectifier = (f: Unary, alpha: number): Unary =>
  tf.customGrad((x, save) => {
    const value = f(x as tf.Tensor);
    (save as tf.GradSaveFunc)([value]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        rectifierGradient(dy, saved[0] as tf.Tensor, alpha),
    };
  });

export const relu: Unary = rectifier((x) => tf.relu(x), 0);

export const leakyRelu = (x: tf.Tensor, alpha: number): tf.Tensor =>
  rectifier((input) => tf.leakyRelu(input, alpha), alpha)(x);

export const tanh: Unary = pointwise(
  (x) => tf.tanh(x),
  (x) => tf.sub(1, tf.square(tanh(x))),
);

export const sigmoid: Unary = pointwise(
  (x) => tf.sigmoid(x),
  (x) => {
    const y = sigmoid(x);
    return tf.mul(y, tf.sub(1, y));
  },
);

/** log(1 + eˣ), without overflow for large x. */
export const softplus: Unary = pointwise((x) => tf.softplus(x), sigmoid);

/** eˣ; tfjs's own loses the path of its second derivative. */
export const exp: Unary = pointwise(
  (x) => tf.exp(x),
  (x) => exp(x),
);

/** |x|, with slope −1 at 0. */
export const absolute: Unary = pointwise(
  (x) => tf.abs(x),
  (x) => tf.sub(tf.mul(slopeMask(x, 0), 2), 1),
);

/** x where x > 0, else α(eˣ − 1) (Clevert et al. 2016). */
export const elu = (x: tf.Tensor, alpha: number): tf.Tensor => {
  const below = tf.sub(exp(tf.neg(relu(tf.neg(x)))), 1);
  return tf.add(relu(x), tf.mul(below, alpha));
};
