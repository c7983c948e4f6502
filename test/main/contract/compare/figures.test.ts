import { describe, expect, it } from "vitest";
import { figureRows, figureText, meanBefore } from "../../../../main/contract/compare/figures.ts";
import { measurements } from "../../../support/fake-api.ts";
import { comparedRun } from "./examples.ts";

const steps = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

describe("meanBefore", () => {
  it("takes the last twenty at or before the step", () => {
    const measured = measurements(steps(100));
    measured.values.lossGenerator = steps(100);
    expect(meanBefore(measured, "lossGenerator", 100)).toBe(90.5);
    expect(meanBefore(measured, "lossGenerator", 20)).toBe(10.5);
    expect(meanBefore(measured, "lossGenerator", 2)).toBe(1.5);
  });

  it("is null before the first", () => {
    expect(meanBefore(measurements([5]), "lossGenerator", 4)).toBeNull();
    expect(meanBefore(measurements([]), "lossGenerator", 4)).toBeNull();
  });

  it("does not hide that a run has diverged, and forgets a single break behind it", () => {
    const measured = measurements([1, 2, 3]);
    measured.values.lossGenerator = [1, 1, NaN];
    expect(meanBefore(measured, "lossGenerator", 3)).toBeNaN();
    measured.values.lossGenerator = [1, Infinity, 3];
    expect(meanBefore(measured, "lossGenerator", 3)).toBe(2);
  });
});

describe("figureRows", () => {
  const rowOf = (label: string, position: number) =>
    figureRows(
      [comparedRun({ epochs: 4 }), comparedRun({ epochs: 2, run: { id: "run-b" } })],
      "epoch",
      position,
    ).find((row) => row.label === label);

  it("shows each run at the place, or at its end where it ended before", () => {
    expect(rowOf("Step", 1)?.values).toEqual([10, 10]);
    expect(rowOf("Step", 4)?.values).toEqual([40, 20]);
    expect(rowOf("Epoch", 4)?.texts).toEqual(["4", "2"]);
    expect(rowOf("Generator loss", 4)?.texts).toEqual(["0.250", "0.250"]);
  });

  it("tells how many steps its means are taken over", () => {
    const rarely = comparedRun({ epochs: 4 });
    rarely.measurements = measurements([10, 20, 30, 40]);
    const means = figureRows([rarely, comparedRun({ epochs: 0 })], "step", 30).find(
      ({ label }) => label === "Steps of the means",
    );
    expect(means?.values[0]).toBe(21);
  });

  it("has a dash where a run cannot be placed", () => {
    const run = comparedRun({ epochs: 0 });
    const [epoch] = figureRows([run], "epoch", 1);
    expect(epoch).toMatchObject({ values: [null], texts: ["–"] });
  });
});

it("writes any number", () => {
  expect([0, 0.25, 0.00012, 12_345, -1, NaN, -Infinity].map(figureText)).toEqual([
    ...["0.000", "0.250", "1.20e−4", "1.23e+4", "−1.000", "NaN", "−∞"],
  ]);
});
