import { expect, test } from "vitest";
import { csvOf } from "../../../main/contract/measurements-csv.ts";
import { exampleMeasurements } from "../../renderer/examples.ts";

test("a table has a header, a row a step, and every digit", () => {
  const rows = csvOf(exampleMeasurements([1, 2], (step) => (step === 2 ? Number.NaN : 1 / 3)));
  const [head, first, second, end] = rows.split("\r\n");
  expect(head).toMatch(/^step,lossGenerator,lossDiscriminator,/);
  expect(first).toMatch(/^1,0\.3333333333333333,/);
  expect(second).toMatch(/^2,NaN,/);
  expect(end).toBe("");
});
