/** Optimisers and learning-rate schedules as data. Adam: Kingma and Ba 2015. */
import * as v from "valibot";
import { sizeSchema } from "./shape.ts";

const rate = v.pipe(v.number(), v.finite(), v.minValue(0));
const decay = v.pipe(v.number(), v.minValue(0), v.ltValue(1));

const scheduleSchema = v.variant("kind", [
  v.strictObject({ kind: v.literal("constant") }),
  v.strictObject({
    kind: v.literal("multiStep"),
    /** Epochs, counted from 1, after which the rate is multiplied by `factor`, each once. */
    milestones: v.pipe(v.array(sizeSchema(1_000_000)), v.maxLength(1000)),
    factor: rate,
  }),
]);

export const optimizerSchema = v.variant("kind", [
  v.strictObject({
    kind: v.literal("adam"),
    learningRate: rate,
    beta1: decay,
    beta2: decay,
    /** Added to the root of the corrected second moment: m̂ / (√v̂ + epsilon). */
    epsilon: v.pipe(v.number(), v.gtValue(0), v.maxValue(1)),
    schedule: scheduleSchema,
  }),
]);

export type Optimizer = v.InferOutput<typeof optimizerSchema>;

/** Learning rate while `epochsDone` whole epochs lie behind (0 in the first epoch). */
export function learningRateAt(optimizer: Optimizer, epochsDone: number): number {
  const { learningRate, schedule } = optimizer;
  if (schedule.kind === "constant") return learningRate;
  const passed = schedule.milestones.filter((milestone) => epochsDone >= milestone).length;
  return learningRate * schedule.factor ** passed;
}
