/** One update of the generator, through a discriminator that stands still, and its moving average. */
import * as tf from "@tensorflow/tfjs-core";
import type { Gan } from "./gan.ts";
import { averageName } from "./gan.ts";
import { differentiate } from "./ops/gradients.ts";
import { blend } from "./optimizers/slots.ts";
import { generate, judge, type BatchInputs } from "./passes.ts";
import { weightPenalty } from "./regularizers/penalties.ts";
import { pick, tensorOf, type Tensors } from "./tensors.ts";
import { applyGradients, normOf } from "./update.ts";

export interface GeneratorUpdate {
  state: Tensors;
  scalars: Record<"lossGenerator" | "gradientNormGenerator", tf.Scalar>;
}

/**
 * @param beforeGenerating the state in which the generator runs; with reused noise the one before
 *   the discriminator's update, so that the same batch comes out again
 * @param reused the purpose whose noise and dropout are taken again, or null for fresh ones
 */
export function updateGenerator(
  gan: Gan,
  state: Tensors,
  inputs: BatchInputs,
  learningRate: tf.Scalar,
  reused: { purpose: string; generator: Tensors } | null,
): GeneratorUpdate {
  const { generator, loss } = gan;
  const purpose = reused?.purpose ?? "generator";
  // The generator ran forward once in the discriminator's update already; its batch statistics moved
  // then, and running it again from where they were gives the same images.
  const before = reused ? { ...state, ...reused.generator } : state;
  const { value, gradients, extra } = differentiate(
    () => {
      const generated = generate(gan, before, inputs, purpose);
      const judged = judge(gan, state, generated.output, inputs, "generator/judged");
      const own = tf.mean<tf.Scalar>(loss.generator(judged.output));
      const held = weightPenalty(
        gan.specification.regularizers,
        "generator",
        state,
        generator.trained,
      );
      return {
        value: held ? tf.add(own, held) : own,
        extra: { ...(reused ? {} : generated.statistics), ...judged.statistics, loss: own },
      };
    },
    pick(state, generator.trained),
  );
  value.dispose();
  const { loss: own, ...statistics } = extra;
  const updated = applyGradients(generator, state, gradients, learningRate);
  const next = { ...state, ...statistics, ...updated };
  return {
    state: { ...next, ...averages(gan, next) },
    scalars: { lossGenerator: own as tf.Scalar, gradientNormGenerator: normOf(gradients) },
  };
}

/** The moving average of every variable of the generator, measured ones too. */
function averages({ specification, generator }: Gan, state: Tensors): Tensors {
  const average = specification.generatorAverage;
  if (!average) return {};
  return Object.fromEntries(
    generator.variables.map((name) => {
      const old = tensorOf(state, averageName(name));
      return [averageName(name), blend(old, tensorOf(state, name), average.decay)];
    }),
  );
}
