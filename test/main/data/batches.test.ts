import { describe, expect, it } from "vitest";
import { batchesPerEpoch, batchIndices, epochOrder } from "../../../main/data/batches.ts";

describe("an epoch's order", () => {
  const shuffled = { seed: 1, epoch: 0, start: 10, count: 100, shuffle: true };

  it("uses every image of the training part once", () => {
    const sorted = [...epochOrder(shuffled)].sort((a, b) => a - b);
    expect(sorted).toEqual(Array.from({ length: 100 }, (_, i) => i + 10));
  });

  it("follows from the seed and the epoch alone", () => {
    expect(epochOrder(shuffled)).toEqual(epochOrder({ ...shuffled }));
    expect(epochOrder({ ...shuffled, epoch: 1 })).not.toEqual(epochOrder(shuffled));
    expect(epochOrder({ ...shuffled, seed: 2 })).not.toEqual(epochOrder(shuffled));
  });

  it("is the data set's own when it is not shuffled", () => {
    expect([...epochOrder({ ...shuffled, count: 3, shuffle: false })]).toEqual([10, 11, 12]);
  });
});

describe("batches", () => {
  it("divide an order, the last one smaller", () => {
    const order = Uint32Array.from([5, 6, 7, 8, 9]);
    expect([0, 1, 2].map((batch) => [...batchIndices(order, batch, 2)])).toEqual([
      [5, 6],
      [7, 8],
      [9],
    ]);
    expect(batchesPerEpoch(5, 2, "keep")).toBe(3);
    expect(batchesPerEpoch(5, 2, "drop")).toBe(2);
    expect(batchesPerEpoch(60_000, 128, "keep")).toBe(469);
  });
});
