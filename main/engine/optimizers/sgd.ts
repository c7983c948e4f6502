/**
 * Gradient descent with momentum (Polyak 1964) and in Nesterov's form (Sutskever et al. 2013), as
 * PyTorch writes it: the velocity is a sum of gradients, the rate multiplies it when it is used.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { OptimizerOf } from "../../spec/optimizers.ts";
import { tensorOf } from "../tensors.ts";
import type { OptimizerFunctions } from "./optimizer.ts";
import { zeroSlots } from "./slots.ts";

export function sgd({ momentum, nesterov }: OptimizerOf<"sgd">): OptimizerFunctions {
  return {
    initialSlots: momentum === 0 ? () => ({}) : zeroSlots("velocity"),
    update(parameters, gradients, slots, learningRate) {
      const next: Record<string, tf.Tensor> = {};
      for (const [name, parameter] of Object.entries(parameters)) {
        const gradient = tensorOf(gradients, name);
        let step = gradient;
        if (momentum !== 0) {
          const old = tensorOf(slots, `${name}/velocity`);
          const velocity = tf.add(tf.mul(old, momentum), gradient);
          next[`${name}/velocity`] = velocity;
          step = nesterov ? tf.add(gradient, tf.mul(velocity, momentum)) : velocity;
        }
        next[name] = tf.sub(parameter, tf.mul(step, learningRate));
      }
      return next;
    },
  };
}
