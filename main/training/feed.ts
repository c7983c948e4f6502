/** The batches of a step, read from the data set, changed where that is asked for, and scaled to [−1, 1]. */
import { augmentBatch } from "../data/augment/augment.ts";
import { batchIndices, epochOrder } from "../data/batches.ts";
import type { Dataset } from "../data/dataset.ts";
import { toUnitRange } from "../data/scaling.ts";
import { streamSeed } from "../random/streams.ts";
import type { Split } from "../spec/data.ts";
import type { Specification } from "../spec/specification.ts";
import { epochsDone, type Plan } from "./position.ts";

interface StepBatches {
  /** One a discriminator update, pixels in [−1, 1]. */
  batches: Float32Array[];
  /** Their classes; only where the networks are told of them. */
  labels?: Uint8Array[];
}

/** Reads the batches of step number `step` (from 1). */
export type Feed = (step: number) => Promise<StepBatches>;

export function createFeed(
  dataset: Dataset,
  specification: Specification,
  split: Split,
  plan: Plan,
): Feed {
  const { seed, data, loop } = specification;
  let order: { epoch: number; indices: Uint32Array } | null = null;
  const orderOf = (epoch: number): Uint32Array => {
    if (order?.epoch !== epoch) {
      const { start, count } = split.training;
      order = { epoch, indices: epochOrder({ seed, epoch, start, count, shuffle: data.shuffle }) };
    }
    return order.indices;
  };
  return async (step) => {
    const epoch = epochsDone(plan, step - 1);
    const first = ((step - 1) % plan.stepsPerEpoch) * plan.discriminatorSteps;
    const batches: Float32Array[] = [];
    const labels: Uint8Array[] = [];
    for (let batch = first; batch < first + plan.discriminatorSteps; batch++) {
      const indices = batchIndices(orderOf(epoch), batch, loop.batchSize);
      const bytes = await dataset.read(indices);
      const all = specification.conditioning ? dataset.labels : null;
      if (all) labels.push(Uint8Array.from(indices, (index) => all[index] as number));
      // Counted over the whole run, so that no two batches share their random numbers.
      const use = (step - 1) * plan.discriminatorSteps + batch - first;
      const chance = streamSeed(seed, "augment", use);
      batches.push(toUnitRange(augmentBatch(bytes, dataset.image, data.augmentation, chance)));
    }
    return labels.length === 0 ? { batches } : { batches, labels };
  };
}
