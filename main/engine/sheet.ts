/** Images of a generator in evaluation mode: moving statistics, no dropout, each image by itself. */
import type * as tf from "@tensorflow/tfjs-core";
import { averageName, type Gan } from "./gan.ts";
import { joinLatent, oneHotOf } from "./networks/conditioning.ts";
import { runNetwork } from "./networks/network.ts";
import type { Tensors } from "./tensors.ts";

/** Latent vectors that become images at a time, so that a large sheet needs little memory. */
const largestPart = 128;

/** How a sheet of `count` images is cut: the sizes of its parts, in order. */
export const sheetParts = (count: number): number[] =>
  Array.from({ length: Math.ceil(count / largestPart) }, (_, index) =>
    Math.min(largestPart, count - index * largestPart),
  );

/** For each variable of the generator the state's tensor to draw with: its moving average, if any. */
export const sheetVariables = ({ generator, specification }: Gan): Record<string, string> =>
  Object.fromEntries(
    generator.variables.map((name) => [
      name,
      specification.generatorAverage ? averageName(name) : name,
    ]),
  );

/**
 * @param variables by the generator's own names
 * @param latent [count, size]
 * @param labels classes, int32 [count]; null where the generator knows of none
 * @returns images [count, height, width, channels] in [−1, 1]
 */
export function evaluate(
  gan: Gan,
  variables: Tensors,
  latent: tf.Tensor,
  labels: tf.Tensor1D | null,
): tf.Tensor {
  const classes = gan.specification.conditioning?.classes ?? 0;
  return runNetwork(joinLatent(latent, labels && oneHotOf(labels, classes)), {
    name: "generator",
    network: gan.generator.network,
    variables,
    mode: { training: false },
    purpose: "sheet",
  }).output;
}
