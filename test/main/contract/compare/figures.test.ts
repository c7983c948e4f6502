import { describe, expect, it } from "vitest";
import { figureRows, figureText, meanBefore } from "../../../../main/contract/compare/figures.ts";
import { evaluationExample } from "../../../support/evaluation.ts";
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

  it("shows what the runs were evaluated by, each at its place, and none before the first", () => {
    const first = comparedRun({
      evaluations: [evaluationExample(1, 30), evaluationExample(2, 20)],
    });
    const other = comparedRun({ run: { id: "run-b" }, evaluations: [evaluationExample(1, 25)] });
    const at = (position: number) => figureRows([first, other], "epoch", position);
    const textsAt = (position: number, label: string) =>
      at(position).find((row) => row.label === label)?.texts;
    expect(textsAt(2, "Evaluated at step")).toEqual(["20", "10"]);
    expect(textsAt(2, "Fréchet distance")).toEqual(["20.000", "25.000"]);
    expect(textsAt(1, "Fréchet distance")).toEqual(["30.000", "25.000"]);
    expect(textsAt(2, "Recall")).toBeUndefined();
    expect(textsAt(0, "Fréchet distance")).toBeUndefined();
    expect(figureRows([other, comparedRun()], "epoch", 2).map(({ texts }) => texts)).toContainEqual(
      ["25.000", "–"],
    );
  });

  it("shows values of one protocol alone, that of most runs", () => {
    const by = (images: number, ...distances: number[]) => {
      const { protocol } = evaluationExample(1, 1);
      const changes = { protocol: { ...protocol, images } };
      return distances.map((distance, epoch) => evaluationExample(epoch + 1, distance, changes));
    };
    const runs = [
      comparedRun({ evaluations: by(500, 60) }),
      comparedRun({ evaluations: [...by(1000, 30), ...by(500, 50, 40)] }),
      comparedRun({ evaluations: by(1000, 20) }),
    ];
    const row = (of: typeof runs) =>
      figureRows(of, "epoch", 2).find(({ label }) => label === "Fréchet distance");
    expect(row(runs)?.texts).toEqual(["60.000", "40.000", "by another protocol"]);
    expect(row(runs)?.values).toEqual([60, 40, null]);
    expect(row(runs.slice(1))?.texts).toEqual(["30.000", "20.000"]);
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
