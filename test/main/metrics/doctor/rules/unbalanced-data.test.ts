import { expect, test } from "vitest";
import { caseOf, only } from "../cases.ts";

test("classes of very different size are a note, then a warning", () => {
  expect(only(caseOf({ checkup: () => ({ imbalance: 4 }) })).severity).toBe("note");
  expect(only(caseOf({ checkup: () => ({ imbalance: 40 }) })).severity).toBe("warning");
});
