/** A bias of each channel, [channels], added to `x` [batch, …, channels]. Linear, so right to any order. */
import * as tf from "@tensorflow/tfjs-core";
import { hasNative, native } from "./native.ts";

const layout = { data_format: "NHWC" };

export function addBias(x: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  if (!hasNative("BiasAdd")) return tf.add(x, bias);
  const add = tf.customGrad((a, b) => ({
    value: native("BiasAdd", [a as tf.Tensor, b as tf.Tensor], layout)[0] as tf.Tensor,
    gradFunc: (dy: tf.Tensor) => [dy, sumOfChannels(dy)],
  }));
  return add(x, bias);
}

/** [batch, …, channels] → [channels]. */
function sumOfChannels(dy: tf.Tensor): tf.Tensor {
  const sum = tf.customGrad((values) => ({
    value: native("BiasAddGrad", [values as tf.Tensor], layout)[0] as tf.Tensor,
    gradFunc: (upstream: tf.Tensor) => tf.add(tf.zeros(dy.shape), upstream),
  }));
  return sum(dy);
}
