// @vitest-environment node
import * as v from "valibot";
import { expect, test } from "vitest";
import { augmentationSchema, augmentationWarnings } from "../../../main/spec/augmentation.ts";
import { augmentationOf, changeNames } from "../../../renderer/datasets/changes.ts";

const shapes = [1, 28, 128].map((width) => ({ width, height: 28, channels: 1 as const }));

test("each change is one that a run could ask for, and does something", () => {
  for (const shape of shapes) {
    for (const name of changeNames.filter((one) => one !== "none")) {
      const augmentation = augmentationOf(name, shape);
      expect(v.is(augmentationSchema, augmentation)).toBe(true);
      expect(augmentation && augmentationWarnings(augmentation, [])).toEqual([]);
    }
  }
});

test("images as they are need no augmentation", () => {
  expect(augmentationOf("none", shapes[1]!)).toBeNull();
});
