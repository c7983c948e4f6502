/**
 * A GAN in training: the one place that holds state between steps. Whoever makes a trainer disposes
 * of it. There are two kinds, one that runs each operation by itself and one that runs a compiled
 * step; their numbers agree.
 */
import type { Pixels } from "./pixels.ts";
import type { lossScalars, StepScalar } from "./step.ts";
import type { HostTensors } from "./tensors.ts";

export interface StepFeed {
  /** Number of this step, from 1. */
  step: number;
  /** A batch a discriminator update. */
  batches: readonly Pixels[];
  /** Their classes; left out for networks that know of none. */
  labels?: readonly ArrayLike<number>[];
  learningRates: { generator: number; discriminator: number };
}

/** What every step tells; the rest costs a further look at all gradients. */
type StepLosses = Record<(typeof lossScalars)[number], number>;

export interface Trainer {
  mode: "eager" | "compiled";
  /** Does one step and returns what it measured. */
  step(feed: StepFeed): Promise<Record<StepScalar, number>>;
  /** The same step, telling its losses alone, which is a little faster. */
  quickStep(feed: StepFeed): Promise<StepLosses>;
  /**
   * Images in evaluation mode, pixels in [−1, 1], for latent vectors [count, size] and, where the
   * generator knows of classes, one of these each. Drawn from the moving average where there is one.
   */
  generate(
    latent: Float32Array,
    count: number,
    labels?: ArrayLike<number>,
  ): Promise<Float32Array<ArrayBuffer>>;
  /** The whole state, or those of these names, copied to the host. */
  read(names?: readonly string[]): Promise<HostTensors>;
  dispose(): void;
}
