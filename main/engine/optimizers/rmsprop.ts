/** RMSprop (Hinton 2012): the gradient over the root of its running mean square, plus epsilon. */
import * as tf from "@tensorflow/tfjs-core";
import type { OptimizerOf } from "../../spec/optimizers.ts";
import { tensorOf } from "../tensors.ts";
import type { OptimizerFunctions } from "./optimizer.ts";
import { blend, zeroSlots } from "./slots.ts";

export function rmsprop({ decay, epsilon }: OptimizerOf<"rmsprop">): OptimizerFunctions {
  return {
    initialSlots: zeroSlots("v"),
    update(parameters, gradients, slots, learningRate) {
      const next: Record<string, tf.Tensor> = {};
      for (const [name, parameter] of Object.entries(parameters)) {
        const gradient = tensorOf(gradients, name);
        const v = blend(tensorOf(slots, `${name}/v`), tf.square(gradient), decay);
        // Outside the root; TensorFlow's fused kernel has it inside.
        const step = tf.div(tf.mul(gradient, learningRate), tf.add(tf.sqrt(v), epsilon));
        next[name] = tf.sub(parameter, step);
        next[`${name}/v`] = v;
      }
      return next;
    },
  };
}
