/**
 * Where a step's random numbers come from. Each draw has a name (its purpose), so the numbers of
 * one purpose do not depend on which others are drawn; a test can hand in given numbers instead.
 */
import * as tf from "@tensorflow/tfjs-core";
import { streamKey } from "../../random/streams.ts";
import { randomNormal, randomUniform } from "../ops/random.ts";

export interface Noise {
  /** Standard normal. */
  normal(purpose: string, shape: number[]): tf.Tensor;
  /** Uniform in [0, 1). */
  uniform(purpose: string, shape: number[]): tf.Tensor;
}

/**
 * The noise of one step. The step's number is a tensor, not a JavaScript number, so that a traced
 * step does not repeat one step's noise for ever.
 *
 * @param step int32 scalar
 */
export function seededNoise(runSeed: number, step: tf.Scalar): Noise {
  const seedOf = (purpose: string): tf.Tensor1D =>
    tf.stack([tf.scalar(streamKey(runSeed, purpose), "int32"), step]) as tf.Tensor1D;
  return {
    normal: (purpose, shape) => randomNormal(seedOf(purpose), shape),
    uniform: (purpose, shape) => randomUniform(seedOf(purpose), shape),
  };
}
