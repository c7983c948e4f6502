/** The batches of a step, read from the data set, and changed where that is asked for. */
import { augmentBatch } from "../data/augment/augment.ts";
import { batchIndices, epochOrder } from "../data/batches.ts";
import type { Dataset } from "../data/dataset.ts";
import { streamSeed } from "../random/streams.ts";
import type { Split } from "../spec/data.ts";
import type { Specification } from "../spec/specification.ts";
import { batchesOf, type Plan } from "./position.ts";

interface StepBatches {
  /** One a discriminator update, as bytes. */
  batches: Uint8Array[];
  /** Their classes; only where the networks are told of them. */
  labels?: Uint8Array[];
}

/** Reads the batches of step number `step` (from 1). */
export type Feed = (step: number) => Promise<StepBatches>;

/** `plan`: as it is when a step is fed. */
export function createFeed(
  dataset: Dataset,
  specification: Specification,
  split: Split,
  plan: () => Plan,
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
    const { epoch, first, use, count } = batchesOf(plan(), step);
    const batches: Uint8Array[] = [];
    const labels: Uint8Array[] = [];
    for (let batch = first; batch < first + count; batch++) {
      const indices = batchIndices(orderOf(epoch), batch, loop.batchSize);
      const bytes = await dataset.read(indices);
      const all = specification.conditioning ? dataset.labels : null;
      if (all) labels.push(Uint8Array.from(indices, (index) => all[index] as number));
      // Counted over the whole run, so that no two batches share their random numbers.
      const chance = streamSeed(seed, "augment", use + batch - first);
      batches.push(augmentBatch(bytes, dataset.image, data.augmentation, chance));
    }
    return labels.length === 0 ? { batches } : { batches, labels };
  };
}
