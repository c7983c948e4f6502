/**
 * What a training step costs, counted from shapes: multiply-adds and bytes. Counts only layers with a
 * kernel; the rest is small beside them. Backward passes count as two forward passes (one for the
 * inputs' gradients, one for the kernels'), the usual rule (Kaplan et al. 2020, section 2.1). An
 * order of magnitude, to compare networks with measured ones, not a promise.
 */
import * as v from "valibot";
import { conditioningSchema, discriminatorInput, generatorInput } from "./conditioning.ts";
import { followNetwork, variableBytes, type LayerFlow, type NetworkFlow } from "./flow.ts";
import type { Optimizer } from "./optimizers.ts";
import { shapeOfImage, sizeOf } from "./shape.ts";
import type { Specification } from "./specification.ts";

/** Multiply-adds of one example's way through a layer. */
export function multiplyAddsOf({ layer, input, output, variables }: LayerFlow): number {
  if (input === null || output === null) return 0;
  const kernel = variables.find(({ name }) => name === "kernel");
  if (!kernel) return 0;
  const weights = sizeOf(kernel.shape);
  // Each weight is used once a pixel: of the output, or of the input where the kernel spreads it.
  const pixels = layer.kind === "conv2dTranspose" ? input : output;
  return weights * (pixels.length === 3 ? sizeOf(pixels.slice(0, 2)) : 1);
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

/** Multiply-adds of one example's way through a network. */
const forward = (flow: NetworkFlow): number => sum(flow.layers.map(multiplyAddsOf));

export interface Flows {
  generator: NetworkFlow;
  discriminator: NetworkFlow;
}

/** Both networks' ways, as far as they are known; inputs of an unusable size are unknown. */
export function flowsOf(specification: Specification): Flows {
  const { generator, discriminator, image, latent } = specification;
  const usable = v.is(v.nullable(conditioningSchema), specification.conditioning);
  const conditioning = usable ? specification.conditioning : null;
  const whole = (size: number) => Number.isInteger(size) && size > 0;
  const shape = shapeOfImage(image);
  return {
    generator: followNetwork(
      generator,
      usable && whole(latent.size) ? generatorInput(latent.size, conditioning) : null,
    ),
    discriminator: followNetwork(
      discriminator,
      usable && shape.every(whole) ? discriminatorInput(shape, conditioning) : null,
    ),
  };
}

/** A penalty on gradients: forward, backward to the images, and both of these differentiated. */
const penaltyPasses = 6;

/** Multiply-adds of one step: a generator update with its discriminator updates. */
export function multiplyAddsOfStep(specification: Specification, flows: Flows): number {
  const { loop, regularizers } = specification;
  const g = forward(flows.generator);
  const d = forward(flows.discriminator);
  const penalties = regularizers.filter(
    ({ kind }) => kind === "gradientPenalty" || kind === "r1",
  ).length;
  // Forward and backward over real and generated images, which are made first.
  const discriminatorUpdate = g + 2 * 3 * d + penalties * penaltyPasses * d;
  // Through the discriminator only the images' gradients are wanted.
  const generatorUpdate = 3 * g + 2 * d;
  return loop.batchSize * (loop.discriminatorSteps * discriminatorUpdate + generatorUpdate);
}

/** Values that an optimiser keeps beside each trained value. */
function slotsOf(optimizer: Optimizer): number {
  switch (optimizer.kind) {
    case "adam":
      return 2;
    case "rmsprop":
      return 1;
    case "sgd":
      return optimizer.momentum === 0 ? 0 : 1;
  }
}

/**
 * Bytes that training holds at its peak, in 4-byte values: all variables, gradients and optimiser
 * slots, and every layer's output for the backward pass with the gradient on its way. What the
 * engine itself needs comes on top.
 */
export function memoryOf(specification: Specification, flows: Flows): number {
  const { optimizers, loop, generatorAverage } = specification;
  const values = (flow: NetworkFlow) =>
    sum(flow.layers.map(({ output }) => (output === null ? 0 : sizeOf(output))));
  const kept = (flow: NetworkFlow, slots: number) =>
    variableBytes(flow) + 4 * flow.parameters * (1 + slots);
  const average = generatorAverage === null ? 0 : 4 * flows.generator.parameters;
  const examples = values(flows.generator) + 2 * values(flows.discriminator);
  return (
    kept(flows.generator, slotsOf(optimizers.generator)) +
    kept(flows.discriminator, slotsOf(optimizers.discriminator)) +
    average +
    2 * 4 * loop.batchSize * examples
  );
}

/** A run that was measured on this machine. */
export interface MeasuredRun {
  name: string;
  /** Of one step. */
  multiplyAdds: number;
  secondsPerStep: number;
}

/**
 * Seconds that a step of so many multiply-adds is likely to take: the measured run whose cost is
 * nearest, scaled by the ratio of the costs. Null without a measurement.
 */
export function predictStep(
  multiplyAdds: number,
  measured: readonly MeasuredRun[],
): { seconds: number; like: MeasuredRun } | null {
  if (!(multiplyAdds > 0)) return null;
  const distance = (run: MeasuredRun) => Math.abs(Math.log(run.multiplyAdds / multiplyAdds));
  const [like] = measured
    .filter((run) => run.multiplyAdds > 0 && run.secondsPerStep > 0)
    .toSorted((a, b) => distance(a) - distance(b));
  if (!like) return null;
  return { seconds: (like.secondsPerStep * multiplyAdds) / like.multiplyAdds, like };
}
