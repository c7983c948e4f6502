/**
 * Optimisers as TensorFlow's fused kernels, which read and write each parameter once. Only those
 * that compute what the specification says: its RMSprop has epsilon inside the root, ours outside,
 * so that one stays composed.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Optimizer, OptimizerOf } from "../../spec/optimizers.ts";
import { adamScale } from "../optimizers/adam.ts";
import type { OptimizerFunctions } from "../optimizers/optimizer.ts";
import { tensorOf, type Tensors } from "../tensors.ts";
import { boolAttribute } from "./attributes.ts";
import type { Updates } from "./updates.ts";

type Update = OptimizerFunctions["update"];

/** `composed` with its update replaced by fused kernels, or as it is where none is exact. */
export function fusedOptimizer(
  settings: Optimizer,
  composed: OptimizerFunctions,
  updates: Updates,
): OptimizerFunctions {
  switch (settings.kind) {
    case "adam":
      return { ...composed, update: fusedAdam(settings, updates) };
    case "sgd":
      return { ...composed, update: fusedDescent(settings, updates) };
    case "rmsprop":
      return composed;
  }
}

/** Each parameter's own update, after all gradients: an earlier one would copy what is still read. */
const eachParameter =
  (
    slotNames: readonly string[],
    apply: (targets: Tensors, gradient: tf.Tensor, all: readonly tf.Tensor[]) => Tensors,
  ) =>
  (parameters: Tensors, gradients: Tensors, slots: Tensors): Tensors => {
    const all = Object.values(gradients);
    const updated = Object.entries(parameters).map(([name, parameter]) => {
      const own = slotNames.map((slot) => `${name}/${slot}`);
      const targets = Object.fromEntries([
        [name, parameter],
        ...own.map((slot) => [slot, tensorOf(slots, slot)] as const),
      ]);
      return apply(targets, tensorOf(gradients, name), all);
    });
    return Object.assign({}, ...updated) as Tensors;
  };

/**
 * The kernel adds its epsilon before it corrects the second moment, so rate and epsilon come to it
 * corrected already (`adamScale`), and the powers that it would correct by as 0.
 */
function fusedAdam(settings: OptimizerOf<"adam">, updates: Updates): Update {
  return (parameters, gradients, slots, learningRate, count) => {
    const { rate, epsilon } = adamScale(settings, learningRate, count);
    const none = tf.scalar(0);
    const shares = [tf.scalar(settings.beta1), tf.scalar(settings.beta2)];
    const scalars = [none, none, rate, ...shares, epsilon];
    return eachParameter(["m", "v"], (targets, gradient, all) =>
      updates.apply("ResourceApplyAdam", targets, [...scalars, gradient], {}, all),
    )(parameters, gradients, slots);
  };
}

function fusedDescent({ momentum, nesterov }: OptimizerOf<"sgd">, updates: Updates): Update {
  return (parameters, gradients, slots, learningRate) => {
    if (momentum === 0) {
      return eachParameter([], (targets, gradient, all) =>
        updates.apply("ResourceApplyGradientDescent", targets, [learningRate, gradient], {}, all),
      )(parameters, gradients, slots);
    }
    const share = tf.scalar(momentum);
    return eachParameter(["velocity"], (targets, gradient, all) =>
      updates.apply(
        "ResourceApplyMomentum",
        targets,
        [learningRate, gradient, share],
        { use_nesterov: boolAttribute(nesterov) },
        all,
      ),
    )(parameters, gradients, slots);
  };
}
