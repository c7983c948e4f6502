import { describe, expect, it } from "vitest";
import { closesEpoch, epochsDone, planOf } from "../../../main/training/position.ts";
import { smallSpecification } from "../../support/small-specification.ts";

const plan = (images: number, loop = {}) => planOf(smallSpecification(loop), images);

describe("a run's plan", () => {
  it("counts the last, smaller batch when it is kept", () => {
    expect(plan(65, { epochs: 3 })).toMatchObject({ stepsPerEpoch: 5, totalSteps: 15 });
    expect(plan(65, { epochs: 3, lastBatch: "drop" })).toMatchObject({ stepsPerEpoch: 4 });
  });

  it("leaves out batches that do not fill a step's k updates", () => {
    expect(plan(16 * 7, { discriminatorSteps: 3 })).toMatchObject({ stepsPerEpoch: 2 });
  });

  it("ends at what comes first, epochs or steps", () => {
    expect(plan(64, { epochs: 3, steps: 5 }).totalSteps).toBe(5);
    expect(plan(64, { epochs: 3, steps: 500 }).totalSteps).toBe(12);
  });

  it("knows the epoch of every step", () => {
    const four = plan(64);
    expect([0, 3, 4, 7, 8].map((step) => epochsDone(four, step))).toEqual([0, 0, 1, 1, 2]);
    expect([0, 3, 4, 5, 8].map((step) => closesEpoch(four, step))).toEqual([
      false,
      false,
      true,
      false,
      true,
    ]);
  });
});
