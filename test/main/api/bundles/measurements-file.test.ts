import { expect, it } from "vitest";
import {
  decodeMeasurements,
  encodeMeasurements,
} from "../../../../main/api/bundles/measurements-file.ts";
import { decodeSafetensors, encodeSafetensors } from "../../../../main/files/safetensors.ts";
import { checkupMeasures } from "../../../../main/spec/doctor/checkup.ts";
import { openHome } from "../../../../main/store/home.ts";
import {
  insertMeasurements,
  measureColumns,
  readCheckups,
  readMeasurements,
  type CheckupRow,
  type MeasurementRow,
} from "../../../../main/store/measurements.ts";
import { insertRun } from "../../../../main/store/runs.ts";
import { smallSpecification } from "../../../support/small-specification.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const odd = [NaN, Infinity, -Infinity, -0, 5e-324, 0.1, 1, 2];
const values = (shift: number) =>
  Object.fromEntries(
    measureColumns.map((name, i) => [name, odd[(i + shift) % odd.length]]),
  ) as MeasurementRow["values"];
const checkup = Object.fromEntries(
  checkupMeasures.map((name, i) => [name, odd[i % odd.length]]),
) as CheckupRow["checkup"];

it("keeps every number exactly, checkups included", () => {
  const home = openHome(temporaryFolder());
  const run = { id: "a", name: "A", status: "finished", dataset: "digits", engine: null } as const;
  insertRun(home, { ...run, createdAt: 1, specification: smallSpecification() });
  const write = (rows: MeasurementRow[]) => {
    insertMeasurements(home.database, "a", rows);
    return decodeMeasurements(Buffer.concat(encodeMeasurements(home, "a")), 1000);
  };
  expect(write([])).toEqual({ columns: readMeasurements(home, "a"), checkups: [] });
  const rows = [1, 5, 1000].map((step) => ({ step, values: values(step) }));
  expect(write(rows).checkups).toEqual([]);
  const whole = write([{ ...rows[1]!, checkup }]);
  expect(whole).toEqual({
    columns: readMeasurements(home, "a"),
    checkups: readCheckups(home, "a"),
  });
  expect(whole.checkups).toEqual([{ step: 5, checkup }]);
  expect(() => decodeMeasurements(Buffer.concat(encodeMeasurements(home, "a")), 999)).toThrow(
    "do not rise",
  );
  // An earlier version had fewer measures.
  const { tensors, metadata } = decodeSafetensors(
    Buffer.concat(encodeMeasurements(home, "a")),
    "measurements",
  );
  const { scoreReal: _, ...fewer } = tensors;
  const early = decodeMeasurements(Buffer.concat(encodeSafetensors(fewer, metadata)), 1000);
  expect(early.columns.values.scoreReal).toEqual([NaN, NaN, NaN]);
  expect(early.columns.values.scoreGenerated).toEqual(whole.columns.values.scoreGenerated);
  home.close();
});
