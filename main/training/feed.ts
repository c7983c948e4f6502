/** The batches of a step, read from the data set and scaled to [−1, 1]. */
import { batchIndices, epochOrder } from "../data/batches.ts";
import type { Dataset } from "../data/dataset.ts";
import { toUnitRange } from "../data/scaling.ts";
import type { Split } from "../spec/data.ts";
import type { Specification } from "../spec/specification.ts";
import { epochsDone, type Plan } from "./position.ts";

/** Reads the batches of step number `step` (from 1). */
export type Feed = (step: number) => Promise<Float32Array[]>;

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
    for (let batch = first; batch < first + plan.discriminatorSteps; batch++) {
      const indices = batchIndices(orderOf(epoch), batch, loop.batchSize);
      batches.push(toUnitRange(await dataset.read(indices)));
    }
    return batches;
  };
}
