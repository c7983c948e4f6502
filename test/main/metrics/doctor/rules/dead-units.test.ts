import { expect, test } from "vitest";
import { caseOf, found, only } from "../cases.ts";

test("dead units are told of the network that has more of them", () => {
  const checkup = () => ({ deadGenerator: 0.6, deadDiscriminator: 0.95 });
  expect(only(caseOf({ checkup }))).toMatchObject({
    ...{ id: "dead-units", severity: "serious", name: "Dead units in the discriminator" },
  });
  expect(found(caseOf({ checkup: () => ({ deadGenerator: 0.2 }) }))).toEqual([]);
});
