import { expect, test } from "vitest";
import { caseOf, found, only } from "../cases.ts";

test("an output at the ends of its range counts only beyond that of the data", () => {
  const ends = (generated: number, real: number) => () => ({
    ...{ saturatedGenerated: generated, saturatedReal: real },
  });
  expect(only(caseOf({ checkup: ends(1, 0.88) })).id).toBe("saturated-output");
  expect(found(caseOf({ checkup: ends(0.9, 0.88) }))).toEqual([]);
  expect(found(caseOf({ checkup: ends(1, 1) }))).toEqual([]);
});
