/**
 * All measurements of a run as one safetensors file: a float64 column each, which keeps NaN and
 * infinities as they are, and the steps in another. The checkups of a step come seldom and have steps of
 * their own. Any safetensors reader opens it.
 */
import { decodeSafetensors, encodeSafetensors } from "../../files/safetensors.ts";
import { checkupMeasures } from "../../spec/doctor/checkup.ts";
import { Problem } from "../../spec/problem.ts";
import type { Home } from "../../store/home.ts";
import {
  measureColumns,
  readCheckups,
  readMeasurements,
  type CheckupRow,
  type MeasurementColumns,
} from "../../store/measurements.ts";

export const measurementsFile = "measurements.safetensors";

const stepColumn = "steps";
const checkupName = (name: string): string => `checkup/${name}`;

export interface MeasuredRun {
  columns: MeasurementColumns;
  checkups: CheckupRow[];
}

/** All that is stored of a run's measurements. Written one after the other the pieces are the file. */
export function encodeMeasurements(home: Home, run: string): Uint8Array[] {
  const { steps, values } = readMeasurements(home, run);
  const checkups = readCheckups(home, run);
  const column = (name: string, numbers: readonly number[]) =>
    [name, { shape: [numbers.length], values: Float64Array.from(numbers) }] as const;
  const seldom = [
    column(
      checkupName(stepColumn),
      checkups.map(({ step }) => step),
    ),
    ...checkupMeasures.map((name) =>
      column(
        checkupName(name),
        checkups.map(({ checkup }) => checkup[name]),
      ),
    ),
  ];
  return encodeSafetensors(
    Object.fromEntries([
      column(stepColumn, steps),
      ...measureColumns.map((name) => column(name, values[name])),
      ...(checkups.length > 0 ? seldom : []),
    ]),
    { format: "gan-studio-measurements", version: "1" },
  );
}

/**
 * Throws a `Problem` whose sentence is to stand in another: columns of one length, steps that rise up to
 * `last`, checkups at steps that were measured.
 */
export function decodeMeasurements(bytes: Uint8Array, last: number): MeasuredRun {
  const { tensors } = decodeSafetensors(bytes, measurementsFile);
  const usual = [stepColumn, ...measureColumns];
  const seldom = [stepColumn, ...checkupMeasures].map(checkupName);
  const foreign = Object.keys(tensors).find((name) => ![...usual, ...seldom].includes(name));
  if (foreign !== undefined) throw damaged("they have a column that this version does not know");
  const steps = stepsIn(stepColumn);
  const values = Object.fromEntries(
    measureColumns.map((name) => [name, columnOf(name, steps.length)]),
  ) as MeasurementColumns["values"];
  const columns = { steps, values };
  if (!seldom.some((name) => name in tensors)) return { columns, checkups: [] };
  const checked = stepsIn(checkupName(stepColumn));
  const measured = new Set(steps);
  if (!checked.every((step) => measured.has(step)))
    throw damaged("they have a checkup of a step that was not measured");
  const found = checkupMeasures.map(
    (name) => [name, columnOf(checkupName(name), checked.length)] as const,
  );
  const checkups = checked.map((step, index) => {
    const named = found.map(([name, column]) => [name, column[index]]);
    return { step, checkup: Object.fromEntries(named) as CheckupRow["checkup"] };
  });
  return { columns, checkups };

  function stepsIn(name: string): number[] {
    const steps = columnOf(name, tensors[name]?.values.length ?? 0);
    let before = 0;
    for (const step of steps) {
      if (!Number.isSafeInteger(step) || step <= before || step > last)
        throw damaged("their steps do not rise from 1 to where the run stood");
      before = step;
    }
    return steps;
  }

  function columnOf(name: string, length: number): number[] {
    const tensor = tensors[name];
    // The bundle of an earlier version knows fewer measures.
    if (tensor === undefined && name !== stepColumn) return Array.from({ length }, () => NaN);
    if (!(tensor?.values instanceof Float64Array) || tensor.values.length !== length)
      throw damaged(`the column «${name}» is missing or has another length`);
    return [...tensor.values];
  }
}

const damaged = (what: string): Problem =>
  new Problem("bundle.invalid", `the measurements are damaged: ${what}`);
