import { describe, expect, it } from "vitest";
import {
  batchesOf,
  closesEpoch,
  epochsDone,
  epochsFor,
  nextEpochAfter,
  planOf,
  updatesBefore,
} from "../../../main/training/position.ts";
import { smallSpecification } from "../../support/small-specification.ts";

const plan = (images: number, loop = {}) => planOf(smallSpecification(loop), images);

describe("a run's plan", () => {
  it("counts the last, smaller batch when it is kept", () => {
    expect(plan(65, { epochs: 3 })).toMatchObject({
      stretches: [{ stepsPerEpoch: 5 }],
      totalSteps: 15,
    });
    expect(plan(65, { epochs: 3, lastBatch: "drop" }).stretches[0].stepsPerEpoch).toBe(4);
  });

  it("leaves out batches that do not fill a step's k updates", () => {
    expect(plan(16 * 7, { discriminatorSteps: 3 }).stretches[0].stepsPerEpoch).toBe(2);
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

describe("a plan whose discriminator updates change", () => {
  // Ten batches: 10 steps an epoch with k = 1, 5 with k = 2, 3 with k = 3.
  const specification = smallSpecification({ epochs: 4 });
  const changes = [
    { from: 5, discriminatorSteps: 2 },
    { from: 16, discriminatorSteps: 3 },
  ];
  const changing = planOf(specification, 160, { changes });

  it("has them from the first epoch that begins at their step or later", () => {
    expect(changing.stretches.map(({ step, epoch, updates }) => [step, epoch, updates])).toEqual([
      ...[
        [0, 0, 0],
        [10, 1, 10],
        [15, 2, 20],
      ],
    ]);
    expect(changing.totalSteps).toBe(15 + 2 * 3);
  });

  it("knows the epoch of every step, and the batches of every step", () => {
    expect([0, 9, 10, 14, 15, 17, 18, 21].map((step) => epochsDone(changing, step))).toEqual([
      ...[0, 0, 1, 1, 2, 2, 3, 4],
    ]);
    const closing = Array.from({ length: 22 }, (_, step) => step).filter((step) =>
      closesEpoch(changing, step),
    );
    expect(closing).toEqual([10, 15, 18, 21]);
    expect(batchesOf(changing, 11)).toEqual({ epoch: 1, first: 0, use: 10, count: 2 });
    expect(batchesOf(changing, 17)).toEqual({ epoch: 2, first: 3, use: 23, count: 3 });
  });

  it("shares no batch's random numbers between two batches, and leaves none out", () => {
    const uses = Array.from({ length: 21 }, (_, index) => batchesOf(changing, index + 1)).flatMap(
      ({ use, count }) => Array.from({ length: count }, (_, place) => use + place),
    );
    expect(uses).toEqual(Array.from({ length: 38 }, (_, use) => use));
    expect(
      updatesBefore(
        specification,
        {
          changes: [
            { from: 11, discriminatorSteps: 2 },
            { from: 16, discriminatorSteps: 3 },
          ],
        },
        21,
      ),
    ).toBe(38);
  });

  it("goes on from a fork as from its parent", () => {
    const origin = { step: 15, epoch: 2, updates: 20 };
    const child = planOf(smallSpecification({ epochs: 4, discriminatorSteps: 3 }), 160, { origin });
    expect(child.totalSteps).toBe(21);
    for (const step of [16, 18, 21])
      expect(batchesOf(child, step)).toEqual(batchesOf(changing, step));
    expect(closesEpoch(child, 15)).toBe(false);
  });

  it("tells when the next epoch begins and how many epochs so many steps need", () => {
    expect([0, 1, 10, 11, 15].map((step) => nextEpochAfter(changing, step))).toEqual([
      ...[1, 11, 11, 16, 16],
    ]);
    expect(
      [1, 10, 11, 16, 100].map((steps) => epochsFor(steps, specification, 160, { changes })),
    ).toEqual([...[1, 1, 2, 3, 31]]);
  });

  it("refuses more updates a step than an epoch has batches", () => {
    const many = { changes: [{ from: 2, discriminatorSteps: 11 }] };
    expect(() => planOf(specification, 160, many)).toThrow(
      /10 batches, too few for a step with 11/,
    );
  });
});
