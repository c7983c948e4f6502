import { expect, onTestFinished, test } from "vitest";
import { openHome } from "../../../main/store/home.ts";
import { commitProgress } from "../../../main/store/commit.ts";
import {
  measureColumns,
  readCheckups,
  readMeasurements,
  stepBeforeLast,
  type MeasurementRow,
} from "../../../main/store/measurements.ts";
import { insertRun } from "../../../main/store/runs.ts";
import { checkupMeasures, type Checkup } from "../../../main/spec/doctor/checkup.ts";
import { createRunFolder } from "../../../main/store/layout.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { smallSpecification } from "../../support/small-specification.ts";

const values = Object.fromEntries(
  measureColumns.map((name, index) => [name, index]),
) as MeasurementRow["values"];
const checkup = Object.fromEntries(
  checkupMeasures.map((name, index) => [name, index === 0 ? NaN : index / 8]),
) as Checkup;

function homeWith(rows: MeasurementRow[]) {
  const home = openHome(temporaryFolder());
  onTestFinished(() => {
    home.close();
  });
  createRunFolder(home.folder, "run");
  insertRun(home, {
    ...{ id: "run", name: "Run", status: "running", dataset: "Digits", engine: null, createdAt: 1 },
    specification: smallSpecification(),
  });
  commitProgress(home, {
    ...{ runId: "run", step: rows.at(-1)?.step ?? 0, epoch: 0, seconds: 1, losses: null, now: 2 },
    ...{ measurements: rows, samples: [], checkpoint: null, events: [] },
  });
  return home;
}

test("a checkup comes back as it was, of the steps that had one", () => {
  const home = homeWith([
    { step: 1, values },
    { step: 50, values, checkup },
    { step: 60, values },
    { step: 100, values, checkup: { ...checkup, duplicates: 1 } },
  ]);
  const found = readCheckups(home, "run");
  expect(found.map(({ step }) => step)).toEqual([50, 100]);
  expect(found[0]?.checkup).toEqual(checkup);
  expect(found[1]?.checkup.duplicates).toBe(1);
  expect(readCheckups(home, "run", 50).map(({ step }) => step)).toEqual([100]);
});

test("measurements are the same with a checkup and without", () => {
  const home = homeWith([
    { step: 1, values },
    { step: 50, values, checkup },
  ]);
  const { steps, values: columns } = readMeasurements(home, "run");
  expect(steps).toEqual([1, 50]);
  for (const name of measureColumns) expect(columns[name]).toEqual([values[name], values[name]]);
});

test("the last rows of a run begin behind a step, or behind none", () => {
  const home = homeWith([1, 10, 20, 30].map((step) => ({ step, values })));
  expect(stepBeforeLast(home, "run", 2)).toBe(10);
  expect(readMeasurements(home, "run", stepBeforeLast(home, "run", 2)).steps).toEqual([20, 30]);
  expect(stepBeforeLast(home, "run", 4)).toBe(-1);
});
