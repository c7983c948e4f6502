/** A feature network at work: features and, where it knows classes, their probabilities. Owns its tensors. */
import * as tf from "@tensorflow/tfjs-core";
import { shapeOfImage, type ImageShape } from "../../spec/shape.ts";
import { initialNetwork } from "../networks/initialize.ts";
import { runNetwork } from "../networks/network.ts";
import type { HostTensors } from "../tensors.ts";
import { featureNetwork, featureSize } from "./layers.ts";

/** Images that are looked at in one go. */
const atOnce = 256;

export interface Seen {
  /** [images, featureSize] */
  features: Float32Array;
  /** [images, classes]; empty without classes. */
  probabilities: Float32Array;
}

export interface Classifier {
  classes: number;
  /** Images [count, …image] in [−1, 1]. */
  look(images: Float32Array): Promise<Seen>;
  dispose(): void;
}

/** Start values; those of a network for images without labels are its values for good. */
export const initialClassifier = (image: ImageShape, classes: number, seed: number): HostTensors =>
  initialNetwork("classifier", featureNetwork(image, classes).network, seed);

/** On tfjs's current engine. */
export function createClassifier(
  image: ImageShape,
  classes: number,
  weights: HostTensors,
): Classifier {
  const { network, depth } = featureNetwork(image, classes);
  const first = { ...network, layers: network.layers.slice(0, depth) };
  const variables = Object.fromEntries(
    Object.entries(weights).map(([name, { values, shape }]) => [
      name,
      tf.tensor(values, [...shape]),
    ]),
  );
  const pass = { variables, mode: { training: false }, purpose: "look" } as const;
  const shape = shapeOfImage(image);
  const size = shape.reduce((product, side) => product * side, 1);

  const lookAt = (pixels: Float32Array): [tf.Tensor, tf.Tensor | null] =>
    tf.tidy(() => {
      const x = tf.tensor(pixels, [pixels.length / size, ...shape]);
      const features = runNetwork(x, { ...pass, name: "classifier", network: first }).output;
      if (classes === 0) return [features, null] as unknown as tf.Tensor[];
      // Dropout is idle here, so that the last layer alone is left.
      const kernel = variables[`classifier.${depth + 1}.kernel`] as tf.Tensor2D;
      const bias = variables[`classifier.${depth + 1}.bias`] as tf.Tensor1D;
      const logits = tf.add<tf.Tensor2D>(tf.matMul(features, kernel), bias);
      return [features, tf.softmax(logits)];
    }) as unknown as [tf.Tensor, tf.Tensor | null];

  return {
    classes,
    async look(images) {
      const count = images.length / size;
      const features = new Float32Array(count * featureSize);
      const probabilities = new Float32Array(count * classes);
      for (let at = 0; at < count; at += atOnce) {
        const end = Math.min(count, at + atOnce);
        const [seen, said] = lookAt(images.subarray(at * size, end * size));
        features.set(await seen.data<"float32">(), at * featureSize);
        if (said) probabilities.set(await said.data<"float32">(), at * classes);
        tf.dispose(said ? [seen, said] : [seen]);
      }
      return { features, probabilities };
    },
    dispose() {
      tf.dispose(Object.values(variables));
    },
  };
}
