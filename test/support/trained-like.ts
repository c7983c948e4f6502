/**
 * A checkpoint's tensors as training leaves them, without training: kernels that keep the size of
 * what passes, biases, scales and shifts away from their start values, and moving statistics that
 * were measured on a batch and then moved a little. Needs a loaded engine.
 */
import * as tf from "@tensorflow/tfjs-core";
import { averageName, buildGan, initialState, type Gan } from "../../main/engine/gan.ts";
import { seededNoise } from "../../main/engine/networks/noise.ts";
import { variableName, runNetwork, type NetworkName } from "../../main/engine/networks/network.ts";
import type { HostTensor, HostTensors } from "../../main/engine/tensors.ts";
import type { ExportModel, ExportSource } from "../../main/exporting/model.ts";
import type { Inputs } from "../../main/exporting/format.ts";
import { normal, uniform } from "../../main/random/philox.ts";
import { discriminatorInput, generatorInput } from "../../main/spec/conditioning.ts";
import { shapeOfImage, sizeOf } from "../../main/spec/shape.ts";
import type { Specification } from "../../main/spec/specification.ts";

const players = ["generator", "discriminator"] as const;
const batch = 16;

/** By the variable's short name: its values from standard normal ones. */
const drawn: Record<string, (fanIn: number) => (value: number) => number> = {
  kernel: (fanIn) => (value) => (1.2 * value) / Math.sqrt(fanIn),
  bias: () => (value) => 0.1 * value,
  gamma: () => (value) => 1 + 0.2 * value,
  beta: () => (value) => 0.2 * value,
};

export function trainedLike(specification: Specification): HostTensors {
  const gan = buildGan(specification);
  const state: Record<string, HostTensor> = { ...initialState(gan) };
  for (const [p, player] of players.entries()) {
    for (const [index, { layer, variables }] of gan[player].network.layers.entries()) {
      for (const [place, variable] of variables.entries()) {
        const { name, shape } = variable;
        const draw = drawn[name];
        if (!draw) continue;
        // A transposed kernel's inputs stand in its fan-out, and a stride spreads them.
        const fanIn =
          layer.kind === "conv2dTranspose" ? variable.fanOut / layer.stride ** 2 : variable.fanIn;
        const seed = [1000 * p + 10 * index + place, 7] as const;
        const values = normal(seed, sizeOf(shape)).map(draw(fanIn));
        state[variableName(player, index, name)] = { shape, values };
      }
    }
    Object.assign(state, measured(gan, player, state));
  }
  if (specification.generatorAverage) {
    // Unlike the variables themselves, so that a mix-up shows.
    for (const name of gan.generator.variables) {
      const { shape, values } = state[name] as HostTensor;
      state[averageName(name)] = { shape, values: values.map((value) => 0.9 * value) };
    }
  }
  return state;
}

/** `tf.tidy` for work whose result holds no tensors. */
function scoped<Result>(work: () => Result): Result {
  tf.engine().startScope();
  try {
    return work();
  } finally {
    tf.engine().endScope();
  }
}

/** Moving statistics and directions as one training pass over random inputs measures them. */
function measured(gan: Gan, player: NetworkName, state: HostTensors): HostTensors {
  const { conditioning, latent, image } = gan.specification;
  const shape =
    player === "generator"
      ? generatorInput(latent.size, conditioning)
      : discriminatorInput(shapeOfImage(image), conditioning);
  const { network, variables } = gan[player];
  return scoped(() => {
    const tensors = Object.fromEntries(
      variables.map((name) => {
        const { shape: of, values } = state[name] as HostTensor;
        return [name, tf.tensor(values, [...of])];
      }),
    );
    const x = tf.tensor(normal([5, 5], batch * sizeOf(shape)), [batch, ...shape]);
    const noise = seededNoise(1, tf.scalar(1, "int32"));
    const { statistics } = runNetwork(x, {
      ...{ name: player, network, variables: tensors },
      ...{ mode: { training: true, noise }, purpose: "measure" },
    });
    return Object.fromEntries(
      Object.entries(statistics).map(([name, tensor]) => {
        const { shape: of, values: before } = state[name] as HostTensor;
        const after = tensor.dataSync() as Float32Array;
        if (name.endsWith(".u")) return [name, { shape: of, values: Float32Array.from(after) }];
        // Momentum 0.9 has let only a tenth of the measured value in.
        const moved = uniform([3, after.length], after.length);
        const values = Float32Array.from(
          after,
          (value, place) =>
            ((value - 0.9 * (before[place] ?? 0)) / 0.1) * (0.9 + 0.2 * (moved[place] ?? 0)),
        );
        return [name, { shape: of, values }];
      }),
    );
  });
}

export const sourceOf = (specification: Specification, player: NetworkName): ExportSource => ({
  ...{ specification, state: trainedLike(specification), player, useAverage: false },
});

/** Noise for a generator, images in −1…1 for a discriminator; classes one after the other. */
export function inputsFor(model: ExportModel, count: number): Inputs {
  const size = count * sizeOf(model.input.shape);
  const values =
    model.player === "generator" && model.specification.latent.distribution === "normal"
      ? normal([11, 12], size)
      : uniform([11, 12], size).map((value) => 2 * value - 1);
  const { labels } = model;
  if (!labels) return { values, count };
  return {
    values,
    count,
    labels: Int32Array.from({ length: count }, (_, i) => i % labels.classes),
  };
}
