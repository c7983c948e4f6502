import { expect, test } from "vitest";
import { caseOf, found, only } from "../cases.ts";

test("a discriminator that knows its images by heart answers otherwise to others", () => {
  const answers = (scoreHeldOut: number) => () => ({
    ...{ scoreTrained: 0.95, scoreHeldOut, scoreSampled: 0.1 },
  });
  expect(only(caseOf({ checkup: answers(0.4) }))).toMatchObject({
    ...{ id: "discriminator-overfit", severity: "warning" },
    remedies: [{ patch: { data: { augmentation: { kind: "affine" } } } }, {}, {}],
  });
  expect(only(caseOf({ checkup: answers(0.15) })).severity).toBe("serious");
  expect(found(caseOf({ checkup: answers(0.9) }))).toEqual([]);
  expect(found(caseOf({ checkup: answers(NaN) }))).toEqual([]);
});
