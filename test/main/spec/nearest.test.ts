import { expect, it } from "vitest";
import { didYouMean, nearestOf } from "../../../main/spec/nearest.ts";

const words = ["batchSize", "epochs", "lsgan-dc", "sngan-32", "k"];

it.each([
  ["batchsize", "batchSize"],
  ["bacthSize", "batchSize"],
  ["epoch", "epochs"],
  ["lsgandc", "lsgan-dc"],
  ["wholly other", null],
  ["", null],
])("takes «%s» for %s", (typed, meant) => {
  expect(nearestOf(typed, words)).toBe(meant);
});

it("asks only where there is something to ask", () => {
  expect(didYouMean("epoch", words)).toBe(" Did you mean «epochs»?");
  expect(didYouMean("colour", words)).toBe("");
});
