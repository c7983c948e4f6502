/**
 * A trained GAN to look around in: images of given latent vectors, and what the discriminator says of
 * images. Both networks run in evaluation mode: moving statistics, no dropout. It owns its tensors;
 * optimiser slots stay on the host.
 */
import * as tf from "@tensorflow/tfjs-core";
import { shapeOfImage, sizeOf } from "../../spec/shape.ts";
import type { Gan } from "../gan.ts";
import { joinImages, oneHotOf } from "../networks/conditioning.ts";
import { runNetwork } from "../networks/network.ts";
import { evaluate, sheetParts, sheetVariables } from "../sheet.ts";
import type { HostTensors, Tensors } from "../tensors.ts";

export type Labels = Uint8Array | null;

export interface Explorer {
  readonly gan: Gan;
  /** The generator's variables as samples are drawn with them, by its own names. */
  readonly generator: Tensors;
  /** Images [count, …image] in [−1, 1] of latent vectors [count, size]. */
  images(vectors: Float32Array, labels: Labels): Promise<Float32Array<ArrayBuffer>>;
  /**
   * D's score for each image in [−1, 1]: a probability where the loss knows one, else the bare answer.
   * Where D compares the images of a batch (minibatch discrimination), it depends on the others.
   */
  scores(images: Float32Array, labels: Labels): Promise<number[]>;
  dispose(): void;
}

/** Class tensor [count]; null where there are no classes. */
export const labelTensor = (labels: Labels): tf.Tensor1D | null =>
  labels && tf.tensor1d(Int32Array.from(labels), "int32");

/** On tfjs's current engine, from a checkpoint's state. */
export function createExplorer(gan: Gan, state: HostTensors): Explorer {
  const { latent, image, conditioning } = gan.specification;
  const imageShape = shapeOfImage(image);
  const imageSize = sizeOf(imageShape);
  const upload = (names: [name: string, stored: string][]): Tensors =>
    Object.fromEntries(
      names.flatMap(([name, stored]) => {
        const tensor = state[stored];
        return tensor ? [[name, tf.tensor(tensor.values, [...tensor.shape], "float32")]] : [];
      }),
    );
  const generator = upload(Object.entries(sheetVariables(gan)));
  const discriminator = upload(gan.discriminator.variables.map((name) => [name, name]));

  /** Runs `compute` on one part after the other, so that many images need little memory. */
  async function inParts(
    count: number,
    size: number,
    compute: (first: number, end: number) => tf.Tensor,
  ): Promise<Float32Array<ArrayBuffer>> {
    const values = new Float32Array(count * size);
    let first = 0;
    for (const part of sheetParts(count)) {
      const output = tf.tidy(() => compute(first, first + part));
      values.set(await output.data(), first * size);
      output.dispose();
      first += part;
    }
    return values;
  }

  const between = (labels: Labels, first: number, end: number) =>
    labelTensor(labels?.subarray(first, end) ?? null);

  return {
    gan,
    generator,
    images: (vectors, labels) =>
      inParts(vectors.length / latent.size, imageSize, (first, end) => {
        const part = vectors.subarray(first * latent.size, end * latent.size);
        const z = tf.tensor(part, [end - first, latent.size]);
        return evaluate(gan, generator, z, between(labels, first, end));
      }),

    async scores(images, labels) {
      const scores = await inParts(images.length / imageSize, 1, (first, end) => {
        const part = images.subarray(first * imageSize, end * imageSize);
        const x = tf.tensor(part, [end - first, ...imageShape]);
        const classes = between(labels, first, end);
        const oneHot = classes && oneHotOf(classes, conditioning?.classes ?? 0);
        const { output } = runNetwork(joinImages(x, oneHot, conditioning), {
          ...{ name: "discriminator", network: gan.discriminator.network },
          ...{ variables: discriminator, mode: { training: false }, purpose: "explore" },
        });
        return gan.loss.score(output);
      });
      return [...scores];
    },

    dispose() {
      tf.dispose(Object.values(generator));
      tf.dispose(Object.values(discriminator));
    },
  };
}
