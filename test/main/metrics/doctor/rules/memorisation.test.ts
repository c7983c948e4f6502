import { expect, test } from "vitest";
import { caseOf, found, only } from "../cases.ts";

test("copies of training images are found where the run was evaluated", () => {
  const evaluated = (...lows: number[]) =>
    caseOf({
      facts: {
        evaluations: lows.map((low, index) => ({
          step: index * 100,
          memorisation: { value: low + 0.02, low, high: low + 0.04 },
        })),
      },
    });
  expect(only(evaluated(0.5, 0.7, 0.9))).toMatchObject({
    ...{ id: "memorisation", severity: "serious", since: 100 },
  });
  expect(found(evaluated(0.9, 0.55))).toEqual([]);
});
