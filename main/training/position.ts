/**
 * Where a run stands. Everything follows from the number of steps done, so a checkpoint that holds
 * that number holds the place in the data as well.
 */
import { batchesPerEpoch } from "../data/batches.ts";
import type { Specification } from "../spec/specification.ts";

export interface Plan {
  /** Discriminator updates a step. */
  discriminatorSteps: number;
  stepsPerEpoch: number;
  /** Steps done when the run is finished. */
  totalSteps: number;
}

/**
 * An epoch is one pass over the data by the discriminator. Batches that do not fill a step's k
 * updates are left out, and are others each epoch when the data is shuffled.
 */
export function planOf({ loop }: Specification, images: number): Plan {
  const batches = batchesPerEpoch(images, loop.batchSize, loop.lastBatch);
  const stepsPerEpoch = Math.floor(batches / loop.discriminatorSteps);
  const byEpochs = stepsPerEpoch * loop.epochs;
  return {
    discriminatorSteps: loop.discriminatorSteps,
    stepsPerEpoch,
    totalSteps: loop.steps === null ? byEpochs : Math.min(byEpochs, loop.steps),
  };
}

/** Whole epochs that lie behind after `step` steps. */
export const epochsDone = (plan: Plan, step: number): number =>
  Math.floor(step / plan.stepsPerEpoch);

export const closesEpoch = (plan: Plan, step: number): boolean =>
  step > 0 && step % plan.stepsPerEpoch === 0;

/**
 * The batch sizes of every kind of step in a run: k whole batches; and, where the last batch of an
 * epoch is smaller and is used, k − 1 whole ones and that.
 */
export function stepKinds({ loop }: Specification, plan: Plan, images: number): number[][] {
  const { batchSize } = loop;
  const whole = Array.from({ length: plan.discriminatorSteps }, () => batchSize);
  const used = plan.stepsPerEpoch * plan.discriminatorSteps;
  const last = images - (used - 1) * batchSize;
  if (last >= batchSize) return [whole];
  const ending = [...whole.slice(1), last];
  return plan.stepsPerEpoch === 1 ? [ending] : [whole, ending];
}
