/** A trainer that runs each operation by itself, on any of tfjs's engines. It owns its tensors. */
import * as tf from "@tensorflow/tfjs-core";
import { shapeOfImage, sizeOf } from "../spec/shape.ts";
import { initialState, type Gan } from "./gan.ts";
import { oneHotOf } from "./networks/conditioning.ts";
import { seededNoise, type Noise } from "./networks/noise.ts";
import { toUnitRange } from "./pixels.ts";
import { evaluate, sheetParts, sheetVariables } from "./sheet.ts";
import { stepScalars, trainingStep, type StepScalar } from "./step.ts";
import { pick, tensorOf, type HostTensor, type HostTensors, type Tensors } from "./tensors.ts";
import type { Trainer } from "./trainer.ts";

export interface TrainerOptions {
  /** Replaces the seeded noise; for tests that hand in given numbers. */
  noise?: (step: tf.Scalar) => Noise;
}

const upload = ({ shape, values }: HostTensor): tf.Tensor =>
  tf.tensor(values, [...shape], "float32");

const classTensor = (labels: ArrayLike<number>): tf.Tensor1D =>
  tf.tensor1d(Int32Array.from(labels), "int32");

/** Runs on tfjs's current engine. `state` continues a run; without, a new one. */
export function eagerTrainer(
  gan: Gan,
  state: HostTensors = initialState(gan),
  options: TrainerOptions = {},
): Trainer {
  const { specification } = gan;
  const imageShape = shapeOfImage(specification.image);
  const imageSize = sizeOf(imageShape);
  const latentSize = specification.latent.size;
  const classes = specification.conditioning?.classes ?? 0;
  const noiseOf = options.noise ?? ((step) => seededNoise(specification.seed, step));
  let current: Tensors = Object.fromEntries(
    Object.entries(state).map(([name, tensor]) => [name, upload(tensor)]),
  );

  const replaceState = (next: Tensors) => {
    const kept = new Set(Object.values(next));
    for (const tensor of Object.values(current)) if (!kept.has(tensor)) tensor.dispose();
    current = next;
  };

  const trainer: Trainer = {
    mode: "eager",

    async step(feed) {
      const { state: next, scalars } = tf.tidy(
        () =>
          trainingStep(gan, current, {
            real: feed.batches.map((pixels) => {
              const values = pixels instanceof Uint8Array ? toUnitRange(pixels) : pixels;
              return tf.tensor(values, [pixels.length / imageSize, ...imageShape], "float32");
            }),
            labels: feed.labels?.map((labels) => oneHotOf(classTensor(labels), classes)) ?? null,
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

    // Operation by operation all is measured anyway.
    quickStep: (feed) => trainer.step(feed),

    async generate(latent, count, labels) {
      const drawn = Object.fromEntries(
        Object.entries(sheetVariables(gan)).map(([name, stored]) => [
          name,
          tensorOf(current, stored),
        ]),
      );
      const images = new Float32Array(count * imageSize);
      let first = 0;
      for (const part of sheetParts(count)) {
        const vectors = latent.subarray(first * latentSize, (first + part) * latentSize);
        const asked = labels && Array.from(labels).slice(first, first + part);
        const output = tf.tidy(() =>
          evaluate(
            gan,
            drawn,
            tf.tensor(vectors, [part, latentSize]),
            asked ? classTensor(asked) : null,
          ),
        );
        images.set(await output.data(), first * imageSize);
        output.dispose();
        first += part;
      }
      return images;
    },

    async read(names) {
      const entries = Object.entries(names ? pick(current, names) : current).map(
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
  return trainer;
}
