/**
 * One training step as part of a graph: all updates of the discriminator and that of the generator.
 * What changes from step to step (the batches, their classes, the learning rates, the step's number)
 * is fed; the state lives in the graph's variables.
 */
import * as tf from "@tensorflow/tfjs-core";
import { shapeOfImage } from "../../spec/shape.ts";
import type { Gan, Player } from "../gan.ts";
import type { Noise } from "../networks/noise.ts";
import { oneHotOf } from "../networks/conditioning.ts";
import { lossScalars, stepScalars, trainingStep, type StepScalar } from "../step.ts";
import { typeAttribute } from "./attributes.ts";
import { addImageInput, type ImageInput } from "./image-input.ts";
import { fusedOptimizer } from "./fused-optimizers.ts";
import type { Graph } from "./graph.ts";
import { observe } from "./observe.ts";
import { trackUpdates } from "./updates.ts";
import type { Variables } from "./variables.ts";

/** Node names of a traced step: those with the same batch sizes share one. */
export interface StepNodes {
  real: ImageInput[];
  labels: string[];
  learningRates: { generator: string; discriminator: string };
  step: string;
  /** float32 [scalars], in the order of `stepScalars`, once all is stored. */
  measured: string;
  /** float32 [2], in the order of `lossScalars`, once all is stored. */
  losses: string;
}

/**
 * @param batchSizes images of each discriminator update's batch
 * @param noiseOf the noise of a step from its number, int32 scalar
 */
export function traceStep(
  gan: Gan,
  graph: Graph,
  variables: Variables,
  batchSizes: readonly number[],
  noiseOf: (step: tf.Scalar) => Noise,
): StepNodes {
  const scope = `step/${batchSizes.join("-")}`;
  const image = shapeOfImage(gan.specification.image);
  const classes = gan.specification.conditioning?.classes ?? 0;
  return observe(graph, scope, (observation) => {
    const input = (name: string, type: "float32" | "int32", shape: number[]) => {
      const node = graph.placeholder(`${scope}/${name}`, type, shape);
      const tensor = tf.zeros(shape, type);
      observation.bind(tensor, node);
      return { node, tensor };
    };
    const scalar = (name: string, type: "float32" | "int32") => {
      const { node, tensor } = input(name, type, []);
      return { node, tensor: tensor as tf.Scalar };
    };
    const real = batchSizes.map((size, index) => {
      const shape = [size, ...image];
      const node = addImageInput(graph, `${scope}/real${index.toString()}`, shape);
      const tensor = tf.zeros(shape);
      observation.bind(tensor, node.numbers);
      return { node, tensor };
    });
    const labels =
      classes === 0
        ? []
        : batchSizes.map((size, index) => input(`labels${index.toString()}`, "int32", [size]));
    const rates = {
      generator: scalar("learningRate/generator", "float32"),
      discriminator: scalar("learningRate/discriminator", "float32"),
    };
    const step = scalar("number", "int32");
    const updates = trackUpdates(observation, variables, scope);
    const fused = (player: Player): Player => ({
      ...player,
      optimizer: fusedOptimizer(
        gan.specification.optimizers[player.name],
        player.optimizer,
        updates,
      ),
    });
    const result = trainingStep(
      { ...gan, generator: fused(gan.generator), discriminator: fused(gan.discriminator) },
      updates.state,
      {
        real: real.map(({ tensor }) => tensor),
        labels: classes === 0 ? null : labels.map(({ tensor }) => oneHotOf(tensor, classes)),
        learningRates: {
          generator: rates.generator.tensor,
          discriminator: rates.discriminator.tensor,
        },
        noise: noiseOf(step.tensor),
      },
    );
    const stored = updates.store(result.state);
    /** The values of these, once the new state is stored. */
    const told = (name: string, scalars: readonly StepScalar[]) =>
      graph.add(
        "Identity",
        `${scope}/${name}`,
        [
          observation.nodeOf(tf.stack(scalars.map((scalar) => result.scalars[scalar]))),
          ...stored.map((node) => `^${node}`),
        ],
        { T: typeAttribute("float32") },
      );
    return {
      real: real.map(({ node }) => node),
      labels: labels.map(({ node }) => node),
      learningRates: {
        generator: rates.generator.node,
        discriminator: rates.discriminator.node,
      },
      step: step.node,
      measured: told("measured", stepScalars),
      losses: told("losses", lossScalars),
    };
  });
}
