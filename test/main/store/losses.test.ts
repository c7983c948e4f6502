import { describe, expect, it } from "vitest";
import { storing } from "../../../main/store/connection.ts";
import { readLosses } from "../../../main/store/losses.ts";
import { insertMeasurements, readMeasurements } from "../../../main/store/measurements.ts";
import { insertRun } from "../../../main/store/runs.ts";
import { openExample } from "./support/example.ts";
import { measurement, newRun } from "./support/values.ts";

const special = [NaN, Infinity, -Infinity, -0, 1e39, 5e-324, 0.1 + 0.2];

function homeWith(rows: readonly { step: number; loss: number }[]) {
  const home = openExample();
  for (const id of ["run-1", "run-2"]) insertRun(home, newRun({ id }));
  storing(home, (database) => {
    insertMeasurements(
      database,
      "run-1",
      rows.map(({ step, loss }) => {
        const { values } = measurement(step);
        return { step, values: { ...values, lossGenerator: loss, lossDiscriminator: -loss } };
      }),
    );
    insertMeasurements(database, "run-2", [measurement(7)]);
  });
  return home;
}

describe("readLosses", () => {
  it("gives a run's losses by step, bit for bit, whatever order they were stored in", () => {
    const rows = special.map((loss, index) => ({ step: index * 2 ** 40, loss }));
    const home = homeWith(rows.toReversed());
    const { steps, generator, discriminator } = readLosses(home, "run-1");
    expect([...steps]).toEqual(rows.map(({ step }) => step));
    for (const [index, value] of special.entries()) {
      expect.soft(Object.is(generator[index], value), String(value)).toBe(true);
      expect.soft(Object.is(discriminator[index], -value), String(value)).toBe(true);
    }
  });

  it("gives those after a step, and none of a run that has none", () => {
    const home = homeWith([1, 2, 3].map((step) => ({ step, loss: step })));
    expect([...readLosses(home, "run-1", 1).generator]).toEqual([2, 3]);
    expect(readLosses(home, "run-1", 3).steps).toHaveLength(0);
    expect(readLosses(home, "none").steps).toHaveLength(0);
  });

  it("misses no row where one reading ends and the next begins", () => {
    const rows = Array.from({ length: 100_001 }, (_, index) => ({ step: index, loss: index / 3 }));
    const home = homeWith(rows);
    const { steps, generator } = readLosses(home, "run-1");
    const whole = readMeasurements(home, "run-1");
    expect(Buffer.compare(bytesOf(steps), bytesOf(whole.steps))).toBe(0);
    expect(Buffer.compare(bytesOf(generator), bytesOf(whole.values.lossGenerator))).toBe(0);
  });
});

/** Compared as bytes: an assertion on a hundred thousand elements takes seconds. */
const bytesOf = (values: ArrayLike<number>) => Buffer.from(Float64Array.from(values).buffer);
