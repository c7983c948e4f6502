/** What both players' updates end with: new parameters, and how large the gradients were. */
import * as tf from "@tensorflow/tfjs-core";
import { hasNative, native } from "./ops/native.ts";
import { updatesName, type Player } from "./gan.ts";
import { pick, tensorOf, type Tensors } from "./tensors.ts";

/** The player's new parameters, slots and update count. */
export function applyGradients(
  player: Player,
  state: Tensors,
  gradients: Tensors,
  learningRate: tf.Scalar,
): Tensors {
  const name = updatesName(player.name);
  const updates = tf.add<tf.Scalar>(tensorOf(state, name), 1);
  const parameters = pick(state, player.trained);
  const next = player.optimizer.update(parameters, gradients, state, learningRate, updates);
  return { ...next, [name]: updates };
}

/** Half the sum of the squares. */
const halfSquares = (x: tf.Tensor): tf.Tensor =>
  hasNative("L2Loss") ? (native("L2Loss", [x])[0] as tf.Tensor) : tf.mul(tf.sum(tf.square(x)), 0.5);

/** The Euclidean length of all gradients together. */
export const normOf = (gradients: Tensors): tf.Scalar =>
  tf.sqrt<tf.Scalar>(tf.mul(tf.addN(Object.values(gradients).map(halfSquares)), 2));
