/**
 * A GAN in training: the one place that holds state between steps. It owns its tensors; whoever
 * makes a trainer disposes of it.
 */
import * as tf from "@tensorflow/tfjs-core";
import { shapeOfImage } from "../spec/shape.ts";
import { initialState, type Gan } from "./gan.ts";
import { runNetwork } from "./networks/network.ts";
import { seededNoise, type Noise } from "./networks/noise.ts";
import { stepScalars, trainingStep, type StepScalar } from "./step.ts";
import type { HostTensor, HostTensors, Tensors } from "./tensors.ts";

/** Latent vectors that are turned into images at a time, so that a large sheet needs little memory. */
const sheetPart = 128;

interface StepFeed {
  /** Number of this step, from 1. */
  step: number;
  /** A batch a discriminator update: pixels in [−1, 1], image after image. */
  batches: readonly Float32Array[];
  learningRates: { generator: number; discriminator: number };
}

export interface Trainer {
  /** Does one step and returns what it measured. */
  step(feed: StepFeed): Promise<Record<StepScalar, number>>;
  /** Images in evaluation mode, pixels in [−1, 1], for latent vectors [count, size]. */
  generate(latent: Float32Array, count: number): Promise<Float32Array<ArrayBuffer>>;
  /** The whole state, copied to the host. */
  read(): Promise<HostTensors>;
  dispose(): void;
}

export interface TrainerOptions {
  /** Replaces the seeded noise; for tests that hand in given numbers. */
  noise?: (step: tf.Scalar) => Noise;
}

const upload = ({ shape, values }: HostTensor): tf.Tensor =>
  tf.tensor(values, [...shape], "float32");

/** Runs the steps eagerly on tfjs's current engine. `state` continues a run; without, a new one. */
export function eagerTrainer(
  gan: Gan,
  state: HostTensors = initialState(gan),
  options: TrainerOptions = {},
): Trainer {
  const imageShape = shapeOfImage(gan.specification.image);
  const imageSize = imageShape.reduce((product, size) => product * size, 1);
  const noiseOf = options.noise ?? ((step) => seededNoise(gan.specification.seed, step));
  let current: Tensors = Object.fromEntries(
    Object.entries(state).map(([name, tensor]) => [name, upload(tensor)]),
  );

  const replaceState = (next: Tensors) => {
    const kept = new Set(Object.values(next));
    for (const tensor of Object.values(current)) if (!kept.has(tensor)) tensor.dispose();
    current = next;
  };

  return {
    async step(feed) {
      const { state: next, scalars } = tf.tidy(
        () =>
          trainingStep(gan, current, {
            real: feed.batches.map((pixels) =>
              tf.tensor(pixels, [pixels.length / imageSize, ...imageShape], "float32"),
            ),
            learningRates: {
              generator: tf.scalar(feed.learningRates.generator),
              discriminator: tf.scalar(feed.learningRates.discriminator),
            },
            noise: noiseOf(tf.scalar(feed.step, "int32")),
          }) as unknown as { state: tf.TensorContainerObject; scalars: tf.TensorContainerObject },
      ) as unknown as ReturnType<typeof trainingStep>;
      replaceState(next);
      const values = await Promise.all(stepScalars.map((name) => scalars[name].data()));
      tf.dispose(Object.values(scalars));
      return Object.fromEntries(
        stepScalars.map((name, index) => [name, values[index]?.[0] ?? NaN]),
      ) as Record<StepScalar, number>;
    },

    async generate(latent, count) {
      const { size } = gan.specification.latent;
      const images = new Float32Array(count * imageSize);
      for (let first = 0; first < count; first += sheetPart) {
        const part = Math.min(sheetPart, count - first);
        const output = tf.tidy(
          () =>
            runNetwork(
              tf.tensor(latent.subarray(first * size, (first + part) * size), [part, size]),
              {
                name: "generator",
                network: gan.generator.network,
                variables: current,
                mode: { training: false },
                purpose: "sheet",
              },
            ).output,
        );
        images.set(await output.data(), first * imageSize);
        output.dispose();
      }
      return images;
    },

    async read() {
      const entries = Object.entries(current).map(
        async ([name, tensor]) =>
          [name, { shape: tensor.shape, values: Float32Array.from(await tensor.data()) }] as const,
      );
      return Object.fromEntries(await Promise.all(entries));
    },

    dispose() {
      tf.dispose(Object.values(current));
      current = {};
    },
  };
}
