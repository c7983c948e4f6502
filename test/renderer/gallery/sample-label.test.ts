// @vitest-environment node
import { expect, test } from "vitest";
import { sampleLabel, shortSampleLabel } from "../../../renderer/gallery/sample-label.ts";
import { exampleSample } from "../examples.ts";

test("a grid is called by its epoch, or by its step in between", () => {
  expect(sampleLabel(exampleSample(12))).toBe("epoch 12");
  expect(sampleLabel({ ...exampleSample(12), closesEpoch: false, step: 1750 })).toBe("step 1,750");
});

test("what was drawn before the first step is called untrained", () => {
  const first = { ...exampleSample(0), closesEpoch: false };
  expect([sampleLabel(first), shortSampleLabel(first)]).toEqual(["untrained", "start"]);
});

test("short labels tell steps from epochs", () => {
  expect(shortSampleLabel(exampleSample(12))).toBe("12");
  expect(shortSampleLabel({ ...exampleSample(12), closesEpoch: false, step: 1750 })).toBe("s1750");
});
