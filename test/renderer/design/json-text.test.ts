// @vitest-environment node
import { expect, test } from "vitest";
import { presets } from "../../../main/spec/presets.ts";
import { documentOf, textOf } from "../../../renderer/design/json-text.ts";

test("text and document say the same, for every preset", () => {
  for (const { specification } of presets)
    expect(documentOf(textOf(specification))).toEqual({ document: specification, problem: null });
});

test("lists of numbers take one line", () => {
  const [preset] = presets;
  expect(textOf(preset!.specification)).toContain('"shape": [7, 7, 128]');
});

test("text that is no specification yet is told of, with the place", () => {
  expect(documentOf("{").problem).toMatch(/^This is not JSON yet: /);
  const [preset] = presets;
  const { seed: _, ...rest } = preset!.specification;
  expect(documentOf(JSON.stringify(rest)).problem).toMatch(
    /^seed is missing; it must be a whole number/,
  );
  expect(documentOf("7").document).toBeNull();
});
