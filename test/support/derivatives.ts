/**
 * Gradients against central finite differences. Float32 allows about three digits, at points where
 * the function is smooth.
 */
import * as tf from "@tensorflow/tfjs-core";
import { differentiate } from "../../main/engine/ops/gradients.ts";
import { pick, tensorOf, type Tensors } from "../../main/engine/tensors.ts";
import { normal } from "../../main/random/philox.ts";

export type Operation = (x: tf.Tensor) => tf.Tensor;
type ScalarFunction = (x: tf.Tensor) => tf.Scalar;

/** A scalar that depends on the operation's values in no symmetric way. */
export const scalarOf =
  (operation: Operation): ScalarFunction =>
  (x) => {
    const y = operation(x);
    const weights = tf.tensor(normal([5, 5], y.size), y.shape);
    return tf.sum<tf.Scalar>(tf.mul(tf.square(y), weights));
  };

/** The squared length of the gradient, as in a gradient penalty: its gradient is of second order. */
export const penaltyOf =
  (operation: Operation): ScalarFunction =>
  (x) =>
    tf.sum<tf.Scalar>(tf.square(tf.grad(scalarOf(operation))(x)));

/** The derivative of `f` by each value. */
function finiteDifferences(
  f: ScalarFunction,
  values: Float32Array<ArrayBuffer>,
  shape: number[],
): number[] {
  const width = 2e-3;
  const at = (point: Float32Array) =>
    tf.tidy(() => f(tf.tensor(point, shape)).dataSync()[0] ?? NaN);
  return Array.from(values, (value, i) => {
    const above = values.with(i, value + width);
    const below = values.with(i, value - width);
    return (at(above) - at(below)) / ((above[i] ?? 0) - (below[i] ?? 0));
  });
}

const length = (values: ArrayLike<number>) =>
  Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0));

/** The length of the difference over that of what is expected, which counts as 1e-3 at least. */
function relativeError(found: ArrayLike<number>, expected: number[]): number {
  const difference = expected.map((value, i) => value - (found[i] ?? NaN));
  return length(difference) / Math.max(1e-3, length(expected));
}

/** How far the gradient that tfjs composes for `f` is from finite differences. */
export function derivativeError(
  f: ScalarFunction,
  values: Float32Array<ArrayBuffer>,
  shape: number[],
): number {
  const found = tf.tidy(() => tf.grad(f)(tf.tensor(values, shape)).dataSync());
  return relativeError(found, finiteDifferences(f, values, shape));
}

/** A random direction of length 1 in the space of one variable. */
function directionOf(tensor: tf.Tensor, seed: number): tf.Tensor {
  const drawn = tf.tensor(normal([seed, 8], tensor.size), tensor.shape);
  return tf.div(drawn, tf.norm(drawn));
}

const numberOf = (x: tf.Tensor) => x.dataSync()[0] ?? NaN;

/**
 * The slope of `f` along a direction in which it is smooth: one where half the width gives the same.
 * Near a kink of a rectifier a penalty jumps, and no difference tells its gradient.
 */
function smoothSlope(f: ScalarFunction, at: tf.Tensor) {
  const width = 2e-3;
  const valueAt = (direction: tf.Tensor, distance: number) =>
    tf.tidy(() => numberOf(f(tf.add(at, tf.mul(direction, distance)))));
  const slope = (direction: tf.Tensor, distance: number) =>
    (valueAt(direction, distance) - valueAt(direction, -distance)) / (2 * distance);
  const tolerance = 5e-3 * Math.max(1, Math.abs(numberOf(f(at))));
  for (let seed = 0; seed < 8; seed++) {
    const direction = directionOf(at, seed);
    const [wide, narrow] = [slope(direction, width), slope(direction, width / 2)];
    if (Math.abs(wide - narrow) < tolerance) return { direction, slope: narrow };
  }
  throw new Error("a kink lies at this very point; start from another seed");
}

/**
 * How far the gradients by all trained variables are from finite differences of `f`, each along a
 * random direction.
 */
export function gradientError(
  f: (variables: Tensors) => tf.Scalar,
  values: Tensors,
  trained: readonly string[],
): number {
  return tf.tidy(() => {
    const { gradients } = differentiate(
      () => ({ value: f(values), extra: {} }),
      pick(values, trained),
    );
    const pairs = trained.map((name) => {
      const along = (x: tf.Tensor) => f({ ...values, [name]: x });
      const { direction, slope } = smoothSlope(along, tensorOf(values, name));
      const gradient = tensorOf(gradients, name);
      return { found: numberOf(tf.sum(tf.mul(gradient, direction))), expected: slope };
    });
    return relativeError(
      pairs.map(({ found }) => found),
      pairs.map(({ expected }) => expected),
    );
  });
}
