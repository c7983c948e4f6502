import { describe, expect, it } from "vitest";
import {
  gridAt,
  gridPositions,
  positionOf,
  positionText,
  scaleOf,
  stepAt,
} from "../../../../main/contract/compare/position.ts";
import { presetOf } from "../../../../main/spec/presets.ts";
import { comparedRun } from "./examples.ts";

const scale = { stepsPerEpoch: 391, imagesPerStep: 128 };

it("places steps on each axis and finds them again", () => {
  for (const axis of ["epoch", "step", "images"] as const) {
    for (const step of [0, 1, 390, 391, 782, 12_345]) {
      const position = positionOf(axis, scale, step);
      expect(stepAt(axis, scale, position ?? NaN)).toBe(step);
    }
  }
});

it("takes the last whole step before a place in between", () => {
  expect(stepAt("images", scale, 129)).toBe(1);
  expect(stepAt("epoch", scale, 0.5)).toBe(195);
});

it("cannot count epochs before one has ended, but steps and images", () => {
  const young = scaleOf({
    samples: [{ step: 0, epoch: 0, closesEpoch: false, count: 4, columns: 2 }],
    checkpoints: [],
    specification: presetOf("wgan-gp").specification,
  });
  expect(young.stepsPerEpoch).toBeNull();
  expect(positionOf("epoch", young, 5)).toBeNull();
  expect(stepAt("epoch", young, 1)).toBeNull();
  const { batchSize, discriminatorSteps } = presetOf("wgan-gp").specification.loop;
  expect(positionOf("images", young, 5)).toBe(5 * batchSize * discriminatorSteps);
});

describe("the grids of runs with different batch sizes", () => {
  const runs = [comparedRun({ stepsPerEpoch: 3, epochs: 3 }), comparedRun({ stepsPerEpoch: 7 })];

  it("meet at whole epochs", () => {
    expect(gridPositions("epoch", runs)).toEqual([0, 1, 2, 3]);
    expect(gridPositions("step", runs)).toEqual([0, 3, 6, 7, 9, 14]);
  });

  it("show the newest before the place, and the last one after a run has ended", () => {
    const [long, short] = runs;
    expect(gridAt("epoch", long!, 2.5)?.step).toBe(6);
    expect(gridAt("epoch", short!, 3)?.step).toBe(14);
    expect(gridAt("step", short!, 6)?.step).toBe(0);
  });
});

it("has no grid before the first", () => {
  const run = comparedRun();
  const late = { ...run, detail: { ...run.detail, samples: run.detail.samples.slice(1) } };
  expect(gridAt("step", late, 3)).toBeNull();
});

it("names places", () => {
  expect(positionText("epoch", 2.5)).toBe("epoch 2.5");
  expect(positionText("images", 64_000)).toBe("64,000 images");
});

describe("a run whose epochs have different numbers of steps", () => {
  const grid = (step: number, epoch: number) => ({
    ...{ step, epoch, closesEpoch: step > 0, count: 4, columns: 2 },
  });
  const uneven = scaleOf({
    samples: [grid(0, 0), grid(10, 1), grid(20, 2), grid(25, 3)],
    checkpoints: [],
    specification: presetOf("lsgan-dc").specification,
  });

  it("is placed between the ends of its epochs, and after the last as in the last", () => {
    const places = [0, 5, 10, 20, 22, 25, 30].map((step) => positionOf("epoch", uneven, step));
    expect(places).toEqual([0, 0.5, 1, 2, 2.4, 3, 4]);
    expect([0, 0.5, 2, 2.4, 3, 4].map((epoch) => stepAt("epoch", uneven, epoch))).toEqual([
      ...[0, 5, 20, 22, 25, 30],
    ]);
  });

  it("has ends of its own only where they are uneven", () => {
    expect(uneven.ends?.length).toBe(4);
    expect(comparedRun({ epochs: 3 }).scale).not.toHaveProperty("ends");
  });
});
