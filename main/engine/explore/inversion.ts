/**
 * From an image to the latent vector whose image is nearest: the best of many random vectors, then
 * Adam on the vectors themselves, several at once because the way down has many dead ends (Zhu et al.
 * 2016, «Generative visual manipulation on the natural image manifold»; Creswell and Bharath 2018).
 * Vectors of a uniform prior are kept in its range (Lipton and Tripathi 2017); those of a normal one
 * are drawn to its middle by a small weight.
 */
import * as tf from "@tensorflow/tfjs-core";
import { streamSeed } from "../../random/streams.ts";
import { shapeOfImage } from "../../spec/shape.ts";
import { latentVectors, sheetLabels } from "../latent.ts";
import { differentiate } from "../ops/gradients.ts";
import { adam } from "../optimizers/adam.ts";
import { evaluate } from "../sheet.ts";
import { tensorOf, type Tensors } from "../tensors.ts";
import { labelTensor, type Explorer, type Labels } from "./explorer.ts";

export interface InversionOptions {
  /** The image to come near to, in [−1, 1]. */
  target: Float32Array;
  /** The class to draw; null to try each, or where there are none. */
  label: number | null;
  seed: number;
  /** Steps of the descent. */
  steps: number;
  /** Called after each step with the mean squared error so far, in [0, 4]; false ends the search. */
  goesOn: (done: number, total: number, error: number) => Promise<boolean>;
}

export interface Inversion {
  vector: Float32Array<ArrayBuffer>;
  label: number | null;
  /** Mean squared difference to the target, of values in [−1, 1]. */
  error: number;
}

/** Random vectors that are tried, and how many of them descend. */
const tries = 512;
const starts = 8;
const rates = { normal: 0.1, uniform: 0.05 } as const;
/** Weight of the mean squared latent value, for normal priors. */
const pull = 1e-3;

const optimizer = adam({
  ...{ kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  // The rate of each step is handed in.
  ...{ learningRate: 0, schedule: { kind: "constant" } },
});

/** The best that was found; of a search that was ended, the best until then. */
export async function invert(explorer: Explorer, options: InversionOptions): Promise<Inversion> {
  const { latent, image } = explorer.gan.specification;
  const { vectors, labels, errors } = await bestOfMany(explorer, options);
  const at = (all: ArrayLike<number>, place: number, error: number): Inversion => ({
    vector: Float32Array.from(
      { length: latent.size },
      (_, index) => all[place * latent.size + index] ?? 0,
    ),
    label: labels?.[place] ?? null,
    error,
  });
  let best = at(vectors, 0, errors[0] ?? Infinity);
  const target = tf.tensor(options.target, [1, ...shapeOfImage(image)]);
  const classes = labelTensor(labels);
  const z = tf.tensor(vectors, [vectors.length / latent.size, latent.size]);
  let state: Tensors = { z, "z/m": tf.zerosLike(z), "z/v": tf.zerosLike(z) };
  try {
    for (let done = 0; done < options.steps; done++) {
      const { next, measured } = descend(explorer, state, {
        target,
        classes,
        done,
        steps: options.steps,
      });
      const before = await (state.z as tf.Tensor).data();
      for (const [place, error] of (await measured.data()).entries()) {
        if (error < best.error) best = at(before, place, error);
      }
      tf.dispose([measured, ...Object.values(state)]);
      state = next;
      if (!(await options.goesOn(done + 1, options.steps, best.error))) break;
    }
  } finally {
    tf.dispose([target, ...Object.values(state)]);
    classes?.dispose();
  }
  return best;
}

interface Descent {
  /** [1, …image] */
  target: tf.Tensor;
  classes: tf.Tensor1D | null;
  done: number;
  steps: number;
}

/** One step of all vectors; `measured` [starts] is each one's error before it. */
function descend(
  { gan, generator }: Explorer,
  state: Tensors,
  { target, classes, done, steps }: Descent,
): { next: Tensors; measured: tf.Tensor } {
  const isUniform = gan.specification.latent.distribution === "uniform";
  const z = tensorOf(state, "z");
  const loss = () => {
    const output = evaluate(gan, generator, z, classes);
    const measured = tf.mean(tf.square(tf.sub(output, target)), [1, 2, 3]);
    const held = tf.mul(tf.sum(tf.mean(tf.square(z), [1])), isUniform ? 0 : pull);
    return { value: tf.add<tf.Scalar>(tf.sum(measured), held), extra: { measured } };
  };
  const stepped = tf.tidy(() => {
    const { gradients, extra } = differentiate(loss, { z });
    // Half a cosine: large steps first, small ones at the end.
    const highest = rates[gan.specification.latent.distribution];
    const rate = tf.scalar((highest * (1 + Math.cos((Math.PI * done) / steps))) / 2);
    const updated = optimizer.update({ z }, gradients, state, rate, tf.scalar(done + 1));
    const moved = tensorOf(updated, "z");
    const next = { ...updated, z: isUniform ? tf.clipByValue(moved, -1, 1) : moved };
    return { next, measured: tensorOf(extra, "measured") };
  });
  return stepped;
}

/** The nearest of many random vectors, nearest first. */
async function bestOfMany(
  explorer: Explorer,
  { target, label, seed }: InversionOptions,
): Promise<{ vectors: Float32Array<ArrayBuffer>; labels: Labels; errors: number[] }> {
  const { specification } = explorer.gan;
  const { size } = specification.latent;
  const drawn = latentVectors(specification.latent, tries, streamSeed(seed, "search"));
  const asked = sheetLabels(specification, tries, label) ?? null;
  const images = await explorer.images(drawn, asked);
  const errors = Array.from({ length: tries }, (_, index) =>
    meanSquare(images.subarray(index * target.length, (index + 1) * target.length), target),
  );
  const order = Array.from({ length: tries }, (_, index) => index)
    .sort((a, b) => (errors[a] as number) - (errors[b] as number))
    .slice(0, starts);
  const vectors = new Float32Array(starts * size);
  for (const [place, index] of order.entries()) {
    vectors.set(drawn.subarray(index * size, (index + 1) * size), place * size);
  }
  return {
    vectors,
    labels: asked && Uint8Array.from(order, (index) => asked[index] ?? 0),
    errors: order.map((index) => errors[index] as number),
  };
}

const meanSquare = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, index) => sum + (value - (b[index] ?? 0)) ** 2, 0) / b.length;
