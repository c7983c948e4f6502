/** What optimisers have in common: zero slots beside each parameter, and moving averages. */
import * as tf from "@tensorflow/tfjs-core";
import type { HostTensors } from "../tensors.ts";

/** A slot of zeros for each parameter and each name, called «parameter/name». */
export const zeroSlots =
  (...names: string[]) =>
  (parameters: HostTensors): HostTensors =>
    Object.fromEntries(
      Object.entries(parameters).flatMap(([parameter, { shape, values }]) =>
        names.map((name) => [
          `${parameter}/${name}`,
          { shape, values: new Float32Array(values.length) },
        ]),
      ),
    );

/**
 * A moving average that keeps `share` of its old value. Rounded like TensorFlow's fused optimisers,
 * 1 − share in float32 too, so that a compiled step gives the very same numbers.
 */
export const blend = (old: tf.Tensor, value: tf.Tensor, share: number): tf.Tensor =>
  tf.add(old, tf.mul(tf.sub(value, old), 1 - Math.fround(share)));
