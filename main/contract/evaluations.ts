/** What the page and the command line ask and see of evaluations. */
import * as v from "valibot";
import type { Evaluation, EvaluationProgress } from "../spec/evaluation.ts";

const id = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "is not an id"));
const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/** Images on both sides, unless others are asked for. */
export const usualCount = 10_000;

export const evaluatePayload = v.strictObject({
  id,
  epoch: v.optional(whole(1, 1_000_000)),
  /** All checkpoints that are kept; with `epoch` it is refused. */
  all: v.optional(v.boolean()),
  count: v.optional(whole(16, 100_000)),
  seed: v.optional(whole(0, 0x7fffffff)),
  /** An ONNX file or a TensorFlow.js model.json whose features to compare by. */
  features: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(4096))),
});

export const cancelEvaluationPayload = v.strictObject({ id });

export const evaluationsPayload = v.strictObject({ id, settled: v.optional(v.boolean()) });

export interface RunEvaluations {
  evaluations: Evaluation[];
}

export interface RunEvaluation {
  id: string;
  evaluation: Evaluation;
}

export interface RunEvaluationProgress extends EvaluationProgress {
  id: string;
}
