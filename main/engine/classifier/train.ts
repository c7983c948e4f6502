/** Trains a classifier of labelled images: softmax cross-entropy, Adam, a cosine's fall of the rate. */
import * as tf from "@tensorflow/tfjs-core";
import { permutation, streamSeed } from "../../random/streams.ts";
import { shapeOfImage, type ImageShape } from "../../spec/shape.ts";
import type { OptimizerOf } from "../../spec/optimizers.ts";
import { oneHotOf } from "../networks/conditioning.ts";
import { runNetwork, variableNames } from "../networks/network.ts";
import { seededNoise } from "../networks/noise.ts";
import { differentiate } from "../ops/gradients.ts";
import { adam } from "../optimizers/adam.ts";
import { pick, type HostTensors, type Tensors } from "../tensors.ts";
import { initialClassifier } from "./classifier.ts";
import { featureNetwork } from "./layers.ts";

export interface ClassifierTask {
  image: ImageShape;
  classes: number;
  /** Images to learn from. */
  count: number;
  seed: number;
  steps: number;
  batchSize: number;
  /** Pixels in [−1, 1] and classes of images 0 to `count` − 1, of the step from 1 on. */
  read: (
    indices: Uint32Array,
    step: number,
  ) => Promise<{ pixels: Float32Array; labels: Uint8Array }>;
  onStep?: (step: number, loss: number) => void;
}

const firstRate = 2e-3;

const adamSettings: OptimizerOf<"adam"> = {
  ...{ kind: "adam", learningRate: firstRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  schedule: { kind: "constant" },
};

/** Softmax cross-entropy: the mean over the batch of −log of the true class's probability. */
const crossEntropy = (logits: tf.Tensor, oneHot: tf.Tensor): tf.Scalar =>
  tf.customGrad((x, save) => {
    const said = tf.softmax(x as tf.Tensor2D);
    (save as tf.GradSaveFunc)([said]);
    const picked = tf.sum(tf.mul(said, oneHot), 1);
    const value = tf.neg(tf.mean(tf.log(tf.maximum(picked, 1e-12))));
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const difference = tf.sub(saved[0] as tf.Tensor, oneHot);
        return tf.mul(difference, tf.div(dy, oneHot.shape[0]));
      },
    };
  })(logits) as tf.Scalar;

/** The weights after `steps` steps, by the names that `createClassifier` knows. On tfjs's current engine. */
export async function trainClassifier(task: ClassifierTask): Promise<HostTensors> {
  const { image, classes, count, seed, steps, batchSize } = task;
  const { network } = featureNetwork(image, classes);
  const names = variableNames("classifier", network, { trainedOnly: true });
  const start = initialClassifier(image, classes, seed);
  const optimizer = adam(adamSettings);
  let state: Tensors = Object.fromEntries(
    Object.entries({ ...start, ...optimizer.initialSlots(start) }).map(
      ([name, { values, shape }]) => [name, tf.tensor(values, [...shape])],
    ),
  );
  const stepsPerEpoch = Math.max(1, Math.floor(count / batchSize));
  let order = new Uint32Array(0);
  for (let step = 1; step <= steps; step++) {
    const place = (step - 1) % stepsPerEpoch;
    const epoch = Math.floor((step - 1) / stepsPerEpoch);
    if (place === 0) order = permutation(streamSeed(seed, "classifier order", epoch), count);
    const indices = order.subarray(place * batchSize, (place + 1) * batchSize);
    const { pixels, labels } = await task.read(indices, step);
    const rate = firstRate * 0.5 * (1 + Math.cos((Math.PI * (step - 1)) / steps));
    const { next, loss } = tf.tidy(() => {
      const x = tf.tensor(pixels, [indices.length, ...shapeOfImage(image)]);
      const oneHot = oneHotOf(tf.tensor1d(Int32Array.from(labels), "int32"), classes);
      const noise = seededNoise(seed, tf.scalar(step, "int32"));
      const parameters = pick(state, names);
      const { value, gradients } = differentiate(() => {
        const { output } = runNetwork(x, {
          ...{ name: "classifier", network, variables: parameters },
          ...{ mode: { training: true, noise }, purpose: "classifier" },
        });
        return { value: crossEntropy(output, oneHot), extra: {} };
      }, parameters);
      const updated = optimizer.update(
        parameters,
        gradients,
        state,
        tf.scalar(rate),
        tf.scalar(step),
      );
      return { next: updated as tf.TensorContainerObject, loss: value } as never;
    }) as unknown as { next: Tensors; loss: tf.Scalar };
    tf.dispose(Object.values(state));
    state = next;
    task.onStep?.(step, (await loss.data())[0] ?? NaN);
    loss.dispose();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const weights: HostTensors = Object.fromEntries(
    await Promise.all(
      names.map(async (name) => {
        const tensor = state[name] as tf.Tensor;
        return [name, { shape: tensor.shape, values: Float32Array.from(await tensor.data()) }];
      }),
    ),
  ) as HostTensors;
  tf.dispose(Object.values(state));
  return weights;
}
