/**
 * A look at a GAN between two steps: the discriminator's answers in evaluation mode, its slope, and
 * units that never answer. It runs operation by operation beside a compiled trainer, and changes
 * nothing. Dead units: Lu et al. 2019, «Dying ReLU and initialization»; the slope: Gulrajani et al. 2017.
 */
import * as tf from "@tensorflow/tfjs-core";
import { shapeOfImage } from "../spec/shape.ts";
import { sheetVariables } from "./sheet.ts";
import type { Gan } from "./gan.ts";
import { joinImages, joinLatent, oneHotOf } from "./networks/conditioning.ts";
import { runNetwork, type Pass } from "./networks/network.ts";
import type { HostTensors, Tensors } from "./tensors.ts";

/** Images on the host with the class of each. */
export interface LabelledPixels {
  /** In [−1, 1], image after image. */
  pixels: Float32Array;
  /** Null for networks that know of none. */
  labels: ArrayLike<number> | null;
}

export interface InspectionInputs {
  /** As many latent vectors as there are real images, [count, size]. */
  latent: Float32Array;
  /** Classes to draw; null for a generator that knows of none. */
  labels: ArrayLike<number> | null;
  count: number;
  trained: LabelledPixels;
  /** As many images that are not trained on; null where there are none. */
  heldOut: LabelledPixels | null;
}

export interface Inspection {
  /** Generated images, pixels in [−1, 1]; from the moving average where there is one. */
  images: Float32Array;
  /** Mean answers of the discriminator, as they are shown. NaN where there are no such images. */
  scoreTrained: number;
  scoreHeldOut: number;
  scoreSampled: number;
  /** Mean length of ∇D between real and generated images; NaN where the loss asks for no slope. */
  slope: number;
  /** Largest share of units in one ReLU layer that are 0 for all images; NaN without such a layer. */
  deadGenerator: number;
  deadDiscriminator: number;
}

/** The variables that an inspection needs, by their names in the state. */
export const inspectedVariables = (gan: Gan): string[] => [
  ...new Set([...Object.values(sheetVariables(gan)), ...gan.discriminator.variables]),
];

/** `state` holds at least `inspectedVariables`. */
export async function inspect(
  gan: Gan,
  state: HostTensors,
  inputs: InspectionInputs,
): Promise<Inspection> {
  const { images, told } = tf.tidy(() => look(gan, state, inputs));
  try {
    const [pixels, values] = await Promise.all([images.data(), told.data()]);
    const value = (place: number) => values[place] ?? NaN;
    return {
      images: pixels as Float32Array,
      ...{ scoreTrained: value(0), scoreHeldOut: value(1), scoreSampled: value(2) },
      ...{ slope: value(3), deadGenerator: value(4), deadDiscriminator: value(5) },
    };
  } finally {
    tf.dispose([images, told]);
  }
}

function look(gan: Gan, state: HostTensors, inputs: InspectionInputs) {
  const { count } = inputs;
  const { specification } = gan;
  const imageShape: number[] = [count, ...shapeOfImage(specification.image)];
  const classes = specification.conditioning?.classes ?? 0;
  const upload = (name: string): tf.Tensor => {
    const stored = state[name];
    if (!stored) throw new Error(`the state has no tensor «${name}»`);
    return tf.tensor(stored.values, [...stored.shape], "float32");
  };
  const generatorVariables = Object.fromEntries(
    Object.entries(sheetVariables(gan)).map(([own, stored]) => [own, upload(stored)]),
  );
  const judging = Object.fromEntries(
    gan.discriminator.variables.map((name) => [name, upload(name)]),
  );
  const oneHot = (labels: ArrayLike<number> | null) =>
    labels && classes > 0 ? oneHotOf(tf.tensor1d(Int32Array.from(labels), "int32"), classes) : null;
  const deadOf: Record<Pass["name"], tf.Scalar[]> = { generator: [], discriminator: [] };
  const run = (name: Pass["name"], x: tf.Tensor, variables: Tensors, watched: boolean) => {
    const { network } = gan[name];
    const onLayer = (index: number, output: tf.Tensor) => {
      if (watched && network.layers[index]?.layer.kind === "relu") {
        deadOf[name].push(deadShare(output));
      }
    };
    const mode = { training: false } as const;
    return runNetwork(x, { name, network, variables, mode, purpose: "inspection", onLayer }).output;
  };
  const judge = (images: tf.Tensor, labels: tf.Tensor | null, watched = false) =>
    run("discriminator", joinImages(images, labels, specification.conditioning), judging, watched);

  const wanted = oneHot(inputs.labels);
  const latent = tf.tensor(inputs.latent, [count, specification.latent.size], "float32");
  const images = run("generator", joinLatent(latent, wanted), generatorVariables, true);
  const real = tf.tensor(inputs.trained.pixels, imageShape, "float32");
  const realLabels = oneHot(inputs.trained.labels);
  const score = (answers: tf.Tensor) => tf.mean<tf.Scalar>(gan.loss.score(answers));
  const nothing = () => tf.scalar(NaN);
  const { heldOut } = inputs;
  const told = tf.stack([
    score(judge(real, realLabels, true)),
    heldOut
      ? score(judge(tf.tensor(heldOut.pixels, imageShape, "float32"), oneHot(heldOut.labels)))
      : nothing(),
    score(judge(images, wanted)),
    asksForSlope(gan) ? slopeOf((x) => judge(x, realLabels), real, images) : nothing(),
    worst(deadOf.generator),
    worst(deadOf.discriminator),
  ]);
  return { images, told };
}

const asksForSlope = ({ specification: { loss, regularizers } }: Gan): boolean =>
  loss.kind === "wasserstein" || regularizers.some(({ kind }) => kind === "gradientPenalty");

/** At the points that divide the way from a generated to a real image, each at another share. */
function slopeOf(
  judge: (images: tf.Tensor) => tf.Tensor,
  real: tf.Tensor,
  generated: tf.Tensor,
): tf.Scalar {
  const count = real.shape[0];
  const shares = Float32Array.from({ length: count }, (_, index) => (index + 0.5) / count);
  const share = tf.tensor(shares, [count, ...real.shape.slice(1).map(() => 1)], "float32");
  const between = tf.add(generated, tf.mul(tf.sub(real, generated), share));
  const gradient = tf.grad((x: tf.Tensor) => tf.sum(judge(x)))(between);
  const axes = real.shape.slice(1).map((_, axis) => axis + 1);
  return tf.mean(tf.sqrt(tf.sum(tf.square(gradient), axes)));
}

/** A unit of a dense layer is one number, of a convolution a whole channel. */
function deadShare(output: tf.Tensor): tf.Scalar {
  const most = tf.max(
    output,
    output.shape.slice(0, -1).map((_, axis) => axis),
  );
  return tf.mean(tf.cast(tf.lessEqual(most, 0), "float32"));
}

const worst = (shares: readonly tf.Scalar[]): tf.Scalar =>
  shares.length === 0 ? tf.scalar(NaN) : tf.max(tf.stack([...shares]));
