import { describe, expect, it } from "vitest";
import { measures } from "../../../main/contract/runs.ts";
import { commitProgress } from "../../../main/store/commit.ts";
import { storing, type Home } from "../../../main/store/connection.ts";
import {
  deleteMeasurementsAfter,
  insertMeasurements,
  lastMeasurement,
  measureColumns,
  readMeasurements,
  readMeasurementsAt,
  type MeasureColumn,
} from "../../../main/store/measurements.ts";
import { getRun, insertRun } from "../../../main/store/runs.ts";
import { openExample } from "./support/example.ts";
import { epochCommit, measurement, newRun } from "./support/values.ts";

function homeWith(...steps: number[]): Home {
  const home = openExample();
  insertRun(home, newRun());
  storing(home, (database) => {
    insertMeasurements(
      database,
      "run-1",
      steps.map((step) => measurement(step)),
    );
  });
  return home;
}

const special = [NaN, Infinity, -Infinity, -0, 0, 1e39, -1e308, 5e-324, 0.1 + 0.2, 2 ** 53 + 2];

describe("measurements", () => {
  it("are the contract's measures, in its order", () => {
    expect(measureColumns).toEqual(measures);
  });

  it("keep every bit of numbers that are not finite, in every column", () => {
    const home = homeWith();
    const rows = special.map((value, index) => ({
      step: index + 1,
      values: Object.fromEntries(measureColumns.map((name) => [name, value])) as Record<
        MeasureColumn,
        number
      >,
    }));
    storing(home, (database) => {
      insertMeasurements(database, "run-1", rows);
    });
    const { steps, values } = readMeasurements(home, "run-1");
    expect(steps).toEqual(special.map((_, index) => index + 1));
    for (const name of measureColumns) {
      for (const [index, value] of special.entries()) {
        expect.soft(Object.is(values[name][index], value), `${name}: ${value}`).toBe(true);
      }
    }
  });

  it("keep a run's last losses whatever they are", () => {
    const home = homeWith();
    for (const [index, value] of special.entries()) {
      const losses = { generator: value, discriminator: -value };
      commitProgress(home, epochCommit({ step: index, losses }));
      const stored = getRun(home, "run-1").losses;
      expect.soft(Object.is(stored?.generator, value), String(value)).toBe(true);
      expect.soft(Object.is(stored?.discriminator, -value), String(value)).toBe(true);
    }
  });

  it("come back by step, whatever order they were stored in, after the step that is named", () => {
    const home = homeWith(30, 10, 20);
    expect(readMeasurements(home, "run-1").steps).toEqual([10, 20, 30]);
    expect(readMeasurements(home, "run-1", 10).values.lossGenerator).toEqual([20, 30]);
    expect(readMeasurements(home, "run-1", 30).steps).toEqual([]);
    expect(readMeasurements(home, "none").values.scoreReal).toEqual([]);
  });

  it("come back for the steps that are named, by step, of one run alone", () => {
    const home = homeWith(30, 10, 20);
    expect(readMeasurementsAt(home, "run-1", [30, 15, 10])).toEqual({
      steps: [10, 30],
      values: expect.objectContaining({ lossGenerator: [10, 30] }) as object,
    });
    expect(readMeasurementsAt(home, "run-1", []).steps).toEqual([]);
    expect(readMeasurementsAt(home, "none", [10]).steps).toEqual([]);
  });

  it("are replaced when a step is measured again", () => {
    const home = homeWith(10);
    storing(home, (database) => {
      insertMeasurements(database, "run-1", [measurement(10, 99)]);
    });
    expect(readMeasurements(home, "run-1").values.lossGenerator).toEqual([99]);
  });

  it("are forgotten after a step, of one run alone", () => {
    const home = homeWith(10, 20, 30);
    insertRun(home, newRun({ id: "run-2" }));
    storing(home, (database) => {
      insertMeasurements(database, "run-2", [measurement(30)]);
      deleteMeasurementsAfter(database, "run-1", 10);
    });
    expect(readMeasurements(home, "run-1").steps).toEqual([10]);
    expect(readMeasurements(home, "run-2").steps).toEqual([30]);
    expect(lastMeasurement(home.database, "run-1")?.lossGenerator).toBe(10);
    expect(lastMeasurement(home.database, "run-3")).toBeNull();
  });

  it("show a measure as NaN where a row is older than it", () => {
    const home = homeWith(10);
    home.database.prepare("UPDATE measurements SET measured = substr(measured, 1, 16)").run();
    const { values } = readMeasurements(home, "run-1");
    expect(values.lossDiscriminator).toEqual([10.25]);
    expect(values.learningRateDiscriminator).toEqual([NaN]);
  });

  it("cannot be stored for a run that does not exist, nor at a fraction of a step", () => {
    const home = homeWith();
    const store = (run: string, step: number) => () => {
      storing(home, (database) => {
        insertMeasurements(database, run, [measurement(step)]);
      });
    };
    expect(store("none", 1)).toThrow(/FOREIGN KEY/);
    expect(store("run-1", 1.5)).toThrow(/INTEGER/);
    expect(store("run-1", NaN)).toThrow(/NOT NULL/);
    expect(readMeasurements(home, "run-1").steps).toEqual([]);
  });
});
