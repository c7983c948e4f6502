/** What the page and the command line ask and see of evaluations. */
import * as v from "valibot";
import { dataSourceSchema } from "../spec/data.ts";
import type { Evaluation, EvaluationProgress } from "../spec/evaluation.ts";
import { id, path, seed, whole } from "./values.ts";

/** Images on both sides, unless others are asked for. */
export const usualCount = 10_000;

export const evaluatePayload = v.strictObject({
  id,
  epoch: v.optional(whole(1, 1_000_000)),
  /** All checkpoints that are kept; with `epoch` it is refused. */
  all: v.optional(v.boolean()),
  count: v.optional(whole(16, 100_000)),
  seed: v.optional(seed),
  /**
   * An ONNX file or a TensorFlow.js model.json whose features to compare by; null for those of the data
   * set's own network. Without it as the run's specification asks.
   */
  features: v.optional(v.nullable(path)),
  /** Real images to compare with in place of those that it was trained on. */
  data: v.optional(dataSourceSchema),
});

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
