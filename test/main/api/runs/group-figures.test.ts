import { describe, expect, it } from "vitest";
import { epochSpreads, spreadCurves, spreadOf } from "../../../../main/api/runs/group-figures.ts";
import { measurements } from "../../../support/fake-api.ts";

const member = (value: number, steps: number[], epochEnds: number[]) => ({
  measured: measurements(steps, value),
  epochEnds,
});

describe("the spread of values", () => {
  it("is their mean and their sample's standard deviation", () => {
    expect(spreadOf([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({
      ...{ mean: 5, deviation: Math.sqrt(32 / 7), runs: 8 },
    });
  });

  it("of one value has no deviation, of none no mean", () => {
    expect(spreadOf([3])).toEqual({ mean: 3, deviation: NaN, runs: 1 });
    expect(spreadOf([])).toEqual({ mean: NaN, deviation: NaN, runs: 0 });
  });

  it("is no number where a value is none", () => {
    expect(spreadOf([1, NaN])).toEqual({ mean: NaN, deviation: NaN, runs: 2 });
  });
});

describe("the spreads of a group", () => {
  it("count in each epoch the runs that have finished it", () => {
    const members = [member(1, [1, 2, 3, 4], [2, 4]), member(3, [1, 2], [2])];
    const epochs = epochSpreads(members);
    expect(epochs.map(({ epoch, spreads }) => [epoch, spreads.scoreReal.runs])).toEqual([
      ...[
        [1, 2],
        [2, 1],
      ],
    ]);
    expect(epochs[0]?.spreads.scoreReal).toMatchObject({ mean: 2, deviation: Math.SQRT2 });
  });

  it("over steps are thinned evenly, the first and the last among them", () => {
    const steps = Array.from({ length: 101 }, (_, step) => step);
    const curves = spreadCurves([member(1, steps, []), member(2, steps.slice(0, 60), [])], 5);
    expect(curves.steps).toEqual([0, 25, 50, 75, 100]);
    expect(curves.runs).toEqual([2, 2, 2, 1, 1]);
    expect(curves.mean.lossGenerator).toEqual([1.5, 1.5, 1.5, 1, 1]);
    expect(spreadCurves([], 5).steps).toEqual([]);
  });
});
