/**
 * One update of the discriminator: its loss on a real and a generated batch, what holds it back, a
 * step of its optimiser, and clipping after that.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Gan } from "./gan.ts";
import { differentiate } from "./ops/gradients.ts";
import { generate, judge, type BatchInputs } from "./passes.ts";
import { gradientPenalty, r1Penalty, weightPenalty } from "./regularizers/penalties.ts";
import { mapTensors, pick, type Tensors } from "./tensors.ts";
import { applyGradients, normOf } from "./update.ts";

export interface DiscriminatorUpdate {
  state: Tensors;
  scalars: Record<
    "lossDiscriminator" | "scoreReal" | "scoreGenerated" | "gradientNormDiscriminator",
    tf.Scalar
  >;
}

export function updateDiscriminator(
  gan: Gan,
  state: Tensors,
  inputs: BatchInputs,
  learningRate: tf.Scalar,
  purpose: string,
): DiscriminatorUpdate {
  const { discriminator, loss } = gan;
  const generated = generate(gan, state, inputs, purpose);
  const before = { ...state, ...generated.statistics };
  const { value, gradients, extra } = differentiate(
    () => {
      const ofReal = judge(gan, before, inputs.real, inputs, `${purpose}/real`);
      const afterReal = { ...before, ...ofReal.statistics };
      const ofFake = judge(gan, afterReal, generated.output, inputs, `${purpose}/fake`);
      const afterFake = { ...afterReal, ...ofFake.statistics };
      const own = discriminatorLoss(gan, ofReal.output, ofFake.output, inputs, purpose);
      const held = penalties(gan, afterFake, inputs, generated.output, purpose);
      return {
        value: held.length === 0 ? own : tf.addN([own, ...held]),
        extra: {
          ...ofReal.statistics,
          ...ofFake.statistics,
          loss: own,
          scoreReal: tf.mean(loss.score(ofReal.output)),
          scoreGenerated: tf.mean(loss.score(ofFake.output)),
        },
      };
    },
    pick(before, discriminator.trained),
  );
  value.dispose();
  const { loss: own, scoreReal, scoreGenerated, ...statistics } = extra;
  const updated = applyGradients(discriminator, before, gradients, learningRate);
  return {
    state: { ...before, ...statistics, ...clipped(gan, updated) },
    scalars: {
      // Without the penalties: it is what stands against the equilibrium.
      lossDiscriminator: own as tf.Scalar,
      scoreReal: scoreReal as tf.Scalar,
      scoreGenerated: scoreGenerated as tf.Scalar,
      gradientNormDiscriminator: normOf(gradients),
    },
  };
}

/** Both terms, combined; with a flip rate some images count as the other kind. */
function discriminatorLoss(
  { loss, specification }: Gan,
  real: tf.Tensor,
  generated: tf.Tensor,
  { noise }: BatchInputs,
  purpose: string,
): tf.Scalar {
  const { flipRate, terms } = specification.loss;
  const term = (
    answers: tf.Tensor,
    own: (answers: tf.Tensor) => tf.Tensor,
    other: (answers: tf.Tensor) => tf.Tensor,
    name: string,
  ): tf.Scalar => {
    if (flipRate === 0) return tf.mean(own(answers));
    const drawn = noise.uniform(`${purpose}/${name}`, answers.shape);
    const flipped = tf.cast(tf.less(drawn, flipRate), "float32");
    const kept = tf.sub(1, flipped);
    return tf.mean(tf.add(tf.mul(own(answers), kept), tf.mul(other(answers), flipped)));
  };
  const sum = tf.add<tf.Scalar>(
    term(real, loss.real, loss.generated, "flip real"),
    term(generated, loss.generated, loss.real, "flip generated"),
  );
  return terms === "mean" ? tf.mul(sum, 0.5) : sum;
}

function penalties(
  gan: Gan,
  state: Tensors,
  inputs: BatchInputs,
  generated: tf.Tensor,
  purpose: string,
): tf.Scalar[] {
  const { regularizers } = gan.specification;
  const answers = (name: string) => (images: tf.Tensor) =>
    judge(gan, state, images, inputs, `${purpose}/${name}`).output;
  const onImages = regularizers.flatMap((regularizer) => {
    if (regularizer.kind === "r1") return [r1Penalty(regularizer, answers("r1"), inputs.real)];
    if (regularizer.kind !== "gradientPenalty") return [];
    const batch = inputs.real.shape[0];
    const share = inputs.noise.uniform(`${purpose}/interpolation`, [batch]);
    return [gradientPenalty(regularizer, answers("interpolated"), inputs.real, generated, share)];
  });
  const { trained } = gan.discriminator;
  const onWeights = weightPenalty(regularizers, "discriminator", state, trained);
  return onWeights ? [...onImages, onWeights] : onImages;
}

/** Cuts trained values to the smallest limit that is asked for, if any. */
function clipped({ specification, discriminator }: Gan, updated: Tensors): Tensors {
  const limits = specification.regularizers.flatMap((regularizer) =>
    regularizer.kind === "weightClip" ? [regularizer.limit] : [],
  );
  if (limits.length === 0) return updated;
  const limit = Math.min(...limits);
  const trained = new Set(discriminator.trained);
  return mapTensors(updated, (tensor, name) =>
    trained.has(name) ? tf.clipByValue(tensor, -limit, limit) : tensor,
  );
}
