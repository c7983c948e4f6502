/** A discriminator of 6×6 grey images at random values, as a function of its variables. */
import * as tf from "@tensorflow/tfjs-core";
import { joinImages, oneHotOf } from "../../main/engine/networks/conditioning.ts";
import { initialNetwork } from "../../main/engine/networks/initialize.ts";
import { runNetwork, variableNames } from "../../main/engine/networks/network.ts";
import type { Tensors } from "../../main/engine/tensors.ts";
import { uniform } from "../../main/random/philox.ts";
import { discriminatorInput, type Conditioning } from "../../main/spec/conditioning.ts";
import type { Layer } from "../../main/spec/layers.ts";
import { inferNetwork } from "../../main/spec/network.ts";

const side = 6;
export const batch = 4;
/** Uniform noise in [−1, 1). */
export const images = (seed: number) =>
  tf.tensor(
    uniform([seed, 1], batch * side * side).map((value) => 2 * value - 1),
    [batch, side, side, 1],
  );

/** Answers [batch, 1] to images. */
export type Judge = (images: tf.Tensor) => tf.Tensor;

const never = (): never => {
  throw new Error("no layer here draws random numbers");
};

/** Its answers as a function of its variables, the trained ones' names, and values of all. */
export function smallDiscriminator(layers: Layer[], conditioning: Conditioning | null = null) {
  const shape = discriminatorInput([side, side, 1], conditioning);
  const network = inferNetwork("discriminator", { layers }, shape);
  const labels = conditioning && oneHotOf(tf.tensor1d([0, 2, 1, 0], "int32"), conditioning.classes);
  const trained = variableNames("discriminator", network, { trainedOnly: true });
  const pass = (x: tf.Tensor, variables: Tensors) =>
    runNetwork(joinImages(x, labels, conditioning), {
      ...{ name: "discriminator", network, variables, purpose: "test" },
      mode: { training: true, noise: { normal: never, uniform: never } },
    });
  const judgeWith =
    (variables: Tensors): Judge =>
    (x) =>
      pass(x, variables).output;
  const start = Object.entries(initialNetwork("discriminator", network, 6)).map(
    ([name, { shape, values }]) => {
      // Scales and shifts start at 1 and 0, where mistakes in them cannot be seen; kernels so small
      // that a network is nearly linear.
      const moved = values.map((value, i) =>
        /\.(gamma|beta)$/.test(name) ? value + 0.3 * Math.sin(i + 1) : 2 * value,
      );
      return [name, tf.tensor(moved, [...shape])] as const;
    },
  );
  let values: Tensors = Object.fromEntries(start);
  if (start.some(([name]) => name.endsWith(".u"))) {
    // The directions of spectral normalisation count as constants, which they are where they end.
    for (let turn = 0; turn < 60; turn++) {
      values = { ...values, ...pass(images(1), values).statistics };
    }
  }
  return { judgeWith, trained, values };
}
