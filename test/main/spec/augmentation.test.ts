import { describe, expect, it } from "vitest";
import { augmentationWarnings } from "../../../main/spec/augmentation.ts";
import { vanillaMlp } from "../../../main/spec/presets/vanilla-mlp.ts";
import { parseSpecification } from "../../../main/spec/specification.ts";

const digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
const clothes = ["Trouser", "Bag", "Sneaker"];
const mild = {
  kind: "affine",
  flip: false,
  rotation: 10,
  smallest: 0.9,
  largest: 1.1,
  translation: 2,
  background: "black",
} as const;

describe("an augmentation", () => {
  it("is warned of where flipping changes what writing means", () => {
    expect(augmentationWarnings({ ...mild, flip: true }, digits)).toEqual([
      expect.stringMatching(/exchanges left and right.*Turn the flip off/),
    ]);
    expect(augmentationWarnings({ ...mild, flip: true }, clothes)).toEqual([]);
    expect(augmentationWarnings({ ...mild, flip: true }, [])).toEqual([]);
  });

  it("is warned of where turning makes one digit another", () => {
    expect(augmentationWarnings({ ...mild, rotation: 90 }, digits)).toEqual([
      expect.stringMatching(/90°.*6 and 9/),
    ]);
    expect(augmentationWarnings({ ...mild, rotation: 90 }, clothes)).toEqual([]);
  });

  it("is warned of where it does nothing", () => {
    const idle = { ...mild, rotation: 0, smallest: 1, largest: 1, translation: 0 };
    expect(augmentationWarnings(idle, digits)).toEqual([expect.stringMatching(/switched off/)]);
  });

  it("needs no warning when it is mild or none", () => {
    expect(augmentationWarnings(mild, digits)).toEqual([]);
    expect(augmentationWarnings({ kind: "none" }, digits)).toEqual([]);
  });

  const withAugmentation = (augmentation: unknown) => ({
    ...vanillaMlp.specification,
    data: { ...vanillaMlp.specification.data, augmentation },
  });

  it("is part of a specification", () => {
    expect(parseSpecification(withAugmentation(mild)).data.augmentation).toEqual(mild);
  });

  it.each([
    ["missing", undefined, "augmentation"],
    ["of an unknown kind", { kind: "mixup" }, "augmentation.kind"],
    ["turned too far", { ...mild, rotation: 181 }, "augmentation.rotation"],
    ["moved by half a pixel", { ...mild, translation: 0.5 }, "augmentation.translation"],
    ["scaled to nothing", { ...mild, smallest: 0 }, "augmentation.smallest"],
    ["scaled to no number", { ...mild, largest: NaN }, "augmentation.largest"],
  ])("is refused when it is %s", (_, augmentation, place) => {
    expect(() => parseSpecification(withAugmentation(augmentation))).toThrow(
      expect.objectContaining({
        code: "spec.invalid",
        message: expect.stringContaining(place) as string,
      }),
    );
  });
});
