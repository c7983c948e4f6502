/**
 * A GAN in training: the one place that holds state between steps. It owns its tensors; whoever
 * makes a trainer disposes of it.
 */
import * as tf from "@tensorflow/tfjs-core";
import { shapeOfImage } from "../spec/shape.ts";
import { averageName, initialState, type Gan } from "./gan.ts";
import { joinLatent } from "./networks/conditioning.ts";
import { runNetwork } from "./networks/network.ts";
import { seededNoise, type Noise } from "./networks/noise.ts";
import { stepScalars, trainingStep, type StepScalar } from "./step.ts";
import { tensorOf, type HostTensor, type HostTensors, type Tensors } from "./tensors.ts";

/** Latent vectors that are turned into images at a time, so that a large sheet needs little memory. */
const sheetPart = 128;

interface StepFeed {
  /** Number of this step, from 1. */
  step: number;
  /** A batch a discriminator update: pixels in [−1, 1], image after image. */
  batches: readonly Float32Array[];
  /** Their classes; left out for networks that know of none. */
  labels?: readonly ArrayLike<number>[];
  learningRates: { generator: number; discriminator: number };
}

export interface Trainer {
  /** Does one step and returns what it measured. */
  step(feed: StepFeed): Promise<Record<StepScalar, number>>;
  /**
   * Images in evaluation mode, pixels in [−1, 1], for latent vectors [count, size] and, where the
   * generator knows of classes, one of these each. Drawn from the moving average where there is one.
   */
  generate(
    latent: Float32Array,
    count: number,
    labels?: ArrayLike<number>,
  ): Promise<Float32Array<ArrayBuffer>>;
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

  /** [batch, classes] */
  const oneHot = (labels: ArrayLike<number>): tf.Tensor => {
    const classes = gan.specification.conditioning?.classes ?? 0;
    return tf.cast(tf.oneHot(tf.tensor1d(Int32Array.from(labels), "int32"), classes), "float32");
  };

  const { size: latentSize } = gan.specification.latent;
  const partOf = (
    latent: Float32Array,
    labels: ArrayLike<number> | undefined,
    first: number,
    part: number,
  ): tf.Tensor => {
    const values = latent.subarray(first * latentSize, (first + part) * latentSize);
    const vectors = tf.tensor(values, [part, latentSize]);
    const classes = labels && Array.from(labels).slice(first, first + part);
    return joinLatent(vectors, classes ? oneHot(classes) : null);
  };

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
            labels: feed.labels?.map(oneHot) ?? null,
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

    async generate(latent, count, labels) {
      const { variables } = gan.generator;
      const drawn = gan.specification.generatorAverage
        ? Object.fromEntries(variables.map((name) => [name, tensorOf(current, averageName(name))]))
        : current;
      const images = new Float32Array(count * imageSize);
      for (let first = 0; first < count; first += sheetPart) {
        const part = Math.min(sheetPart, count - first);
        const output = tf.tidy(
          () =>
            runNetwork(partOf(latent, labels, first, part), {
              name: "generator",
              network: gan.generator.network,
              variables: drawn,
              mode: { training: false },
              purpose: "sheet",
            }).output,
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
