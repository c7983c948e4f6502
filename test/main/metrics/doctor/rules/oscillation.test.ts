import { expect, test } from "vitest";
import { caseOf, found, only } from "../cases.ts";

test("oscillation has a period; noise has none", () => {
  const swinging = (step: number) => ({ lossDiscriminator: 0.7 + 0.65 * Math.sin(step / 20) });
  expect(only(caseOf({ steps: 1200, values: swinging })).numbers).toMatch(
    /once in about 1[23]0 steps/,
  );
  let state = 1;
  const noise = () => {
    state = (state * 48_271) % 2_147_483_647;
    return { lossDiscriminator: 0.1 + (1.8 * state) / 2_147_483_647 };
  };
  expect(found(caseOf({ steps: 1200, values: noise }))).toEqual([]);
});
