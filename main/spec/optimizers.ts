/**
 * Optimisers and learning-rate schedules as data. Adam: Kingma and Ba 2015; RMSprop: Hinton 2012;
 * momentum: Polyak 1964, in Nesterov's form Sutskever et al. 2013; cosine: Loshchilov and Hutter
 * 2017.
 */
import * as v from "valibot";
import { sizeSchema } from "./shape.ts";

const rate = v.pipe(v.number(), v.finite(), v.minValue(0));
const decay = v.pipe(v.number(), v.minValue(0), v.ltValue(1));
const epsilon = v.pipe(v.number(), v.gtValue(0), v.maxValue(1));

const scheduleSchema = v.variant("kind", [
  v.strictObject({ kind: v.literal("constant") }),
  v.strictObject({
    kind: v.literal("multiStep"),
    /** Epochs, counted from 1, after which the rate is multiplied by `factor`, each once. */
    milestones: v.pipe(v.array(sizeSchema(1_000_000)), v.maxLength(1000)),
    factor: rate,
  }),
  v.strictObject({
    /** In a straight line, or along half a cosine, to `endFactor` of the rate, then constant. */
    kind: v.picklist(["linear", "cosine"]),
    epochs: sizeSchema(1_000_000),
    endFactor: rate,
  }),
]);

export const optimizerSchema = v.variant("kind", [
  v.strictObject({
    kind: v.literal("adam"),
    learningRate: rate,
    beta1: decay,
    beta2: decay,
    /** Added to the root of the corrected second moment: m̂ / (√v̂ + epsilon). */
    epsilon,
    schedule: scheduleSchema,
  }),
  v.strictObject({
    kind: v.literal("sgd"),
    learningRate: rate,
    momentum: decay,
    nesterov: v.boolean(),
    schedule: scheduleSchema,
  }),
  v.strictObject({
    kind: v.literal("rmsprop"),
    learningRate: rate,
    decay,
    /** Added to the root: g / (√v + epsilon). */
    epsilon,
    schedule: scheduleSchema,
  }),
]);

export type Optimizer = v.InferOutput<typeof optimizerSchema>;
export type OptimizerOf<Kind extends Optimizer["kind"]> = Extract<Optimizer, { kind: Kind }>;

/** Learning rate while `epochsDone` whole epochs lie behind (0 in the first epoch). */
export function learningRateAt(optimizer: Optimizer, epochsDone: number): number {
  const { learningRate, schedule } = optimizer;
  switch (schedule.kind) {
    case "constant":
      return learningRate;
    case "multiStep": {
      const passed = schedule.milestones.filter((milestone) => epochsDone >= milestone).length;
      return learningRate * schedule.factor ** passed;
    }
    case "linear":
    case "cosine": {
      const share = Math.min(1, epochsDone / schedule.epochs);
      const way = schedule.kind === "linear" ? share : (1 - Math.cos(Math.PI * share)) / 2;
      return learningRate * (1 + (schedule.endFactor - 1) * way);
    }
  }
}
