import { expect, test } from "vitest";
import { caseOf, found, only } from "../cases.ts";

test("a critic whose answers are thrown about diverges, however it is measured", () => {
  const thrown = (by: number) => (step: number) => ({
    ...{ lossDiscriminator: -5 - Math.sin(step), scoreReal: 5, scoreGenerated: -5 },
    lossGenerator: by * Math.cos(3 * step),
  });
  const checkup = () => ({ criticSlope: 1 });
  const told = (by: number, every: number) =>
    caseOf({ preset: "wgan-gp", steps: 600, every, values: thrown(by), checkup });
  const finding = only(told(300, 10));
  expect(finding).toMatchObject({ id: "divergence", severity: "serious" });
  expect(finding.numbers).toMatch(/could differ by more than 56/);
  expect(found(told(300, 1))).toEqual(["divergence"]);
  expect(found(told(10, 10))).toEqual([]);
  const clipped = {
    ...told(300, 10),
    specification: caseOf({ preset: "wgan-clip" }).specification,
  };
  expect(found(clipped)).toEqual([]);
});
