/**
 * Adam (Kingma and Ba 2015, algorithm 1): epsilon is added to the root of the corrected second
 * moment. (TensorFlow's fused kernel and the paper's remark in section 2 add it before the
 * correction; the first steps then differ.)
 */
import * as tf from "@tensorflow/tfjs-core";
import type { OptimizerOf } from "../../spec/optimizers.ts";
import { tensorOf } from "../tensors.ts";
import type { OptimizerFunctions } from "./optimizer.ts";
import { blend, zeroSlots } from "./slots.ts";

/** 1 − βᵗ in float32 without cancellation: for β = 0.999 and t = 1 the direct form loses four digits. */
const bias = (beta: number, updates: tf.Scalar): tf.Scalar =>
  tf.neg(tf.expm1(tf.mul(updates, Math.log(beta))));

/**
 * The bias corrections of both moments as one rate and one epsilon: m̂ / (√v̂ + ε) times α equals
 * m / (√v + ε√(1 − β₂ᵗ)) times α√(1 − β₂ᵗ) / (1 − β₁ᵗ). In this form TensorFlow's fused kernel does it too.
 */
export function adamScale(
  { beta1, beta2, epsilon }: OptimizerOf<"adam">,
  learningRate: tf.Scalar,
  updates: tf.Scalar,
): { rate: tf.Scalar; epsilon: tf.Scalar } {
  const root = tf.sqrt(bias(beta2, updates));
  return {
    rate: tf.div(tf.mul(learningRate, root), bias(beta1, updates)),
    epsilon: tf.mul(root, epsilon),
  };
}

export function adam(settings: OptimizerOf<"adam">): OptimizerFunctions {
  const { beta1, beta2 } = settings;
  return {
    initialSlots: zeroSlots("m", "v"),
    update(parameters, gradients, slots, learningRate, updates) {
      const next: Record<string, tf.Tensor> = {};
      const { rate, epsilon } = adamScale(settings, learningRate, updates);
      for (const [name, parameter] of Object.entries(parameters)) {
        const gradient = tensorOf(gradients, name);
        const m = blend(tensorOf(slots, `${name}/m`), gradient, beta1);
        const v = blend(tensorOf(slots, `${name}/v`), tf.square(gradient), beta2);
        const step = tf.div(tf.mul(m, rate), tf.add(tf.sqrt(v), epsilon));
        next[name] = tf.sub(parameter, step);
        next[`${name}/m`] = m;
        next[`${name}/v`] = v;
      }
      return next;
    },
  };
}
