/** What an evaluating session is asked and tells. */
import type { EngineChoice } from "../engine/backend/backend.ts";
import type { Evaluation, EvaluationProgress } from "../spec/evaluation.ts";
import type { Specification } from "../spec/specification.ts";

/** Measure how good the images of a run's checkpoints are, one after the other. */
export interface EvaluateJob {
  kind: "evaluate";
  specification: Specification;
  engine: EngineChoice;
  checkpoints: readonly { path: string; sha256: string; step: number; epoch: number }[];
  /** Where trained classifiers and prepared pictures are kept. */
  cache: string;
  /** Images to generate, and real ones to compare with, at most. */
  count: number;
  seed: number;
  /** A file of a network whose features to compare by, in place of the data set's own; null for that. */
  features: string | null;
  /** Gives way to whatever else the machine does: a run that trains at the same time. */
  background: boolean;
  /** GAN Studio's version. */
  product: string;
}

export type EvaluateReport =
  | { type: "evaluating"; progress: EvaluationProgress }
  /** One of the checkpoints is done. */
  | { type: "measured"; evaluation: Evaluation }
  /** All are. */
  | { type: "evaluated" };
