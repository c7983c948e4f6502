import { expect, test } from "vitest";
import { caseOf, found, only } from "../cases.ts";

test("images that do not fill their range are told, with where they lie", () => {
  const lying = (realLow: number, realHigh: number) => () => ({ realLow, realHigh });
  expect(only(caseOf({ checkup: lying(0, 1) })).numbers).toMatch(/between 0 and 1;/);
  expect(only(caseOf({ checkup: lying(-1, -0.99) })).id).toBe("input-scaling");
  expect(found(caseOf({ checkup: lying(-0.9, 0.9) }))).toEqual([]);
});
