/**
 * Gradients of a scalar with respect to named tensors, with whatever else the function computed on
 * the way (new moving statistics). Everything that comes back belongs to the caller's tidy scope.
 */
import * as tf from "@tensorflow/tfjs-core";
import { mapTensors, type Tensors } from "../tensors.ts";

export interface Differentiated {
  value: tf.Scalar;
  /** One for each parameter, same name and shape. */
  gradients: Tensors;
  /** What the function returned beside its value; no gradient flows through it. */
  extra: Tensors;
}

/** `f` returns a scalar `value` and any `extra` tensors. */
export function differentiate(
  f: () => { value: tf.Scalar; extra: Tensors },
  parameters: Tensors,
): Differentiated {
  let kept: Tensors = {};
  const { value, grads } = tf.engine().gradients(() => {
    const result = f();
    // The forward pass runs in a scope of its own, which would dispose of these at its end.
    kept = mapTensors(result.extra, (tensor) => tf.keep(tf.clone(tensor)));
    return result.value;
  }, Object.values(parameters));
  const extra = mapTensors(kept, (tensor) => tf.clone(tensor));
  for (const tensor of Object.values(kept)) tensor.dispose();
  const names = Object.keys(parameters);
  return {
    value,
    gradients: Object.fromEntries(names.map((name, index) => [name, grads[index] as tf.Tensor])),
    extra,
  };
}
