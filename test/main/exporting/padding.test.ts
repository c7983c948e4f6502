import { describe, expect, it } from "vitest";
import { convolutionPads, transposedCrop } from "../../../main/exporting/padding.ts";

const edges = (top: number, left: number, bottom: number, right: number) => ({
  ...{ top, left, bottom, right },
});

describe("padding in numbers", () => {
  it("is even where the total is, and else one more below and to the right", () => {
    const same = { kernel: 4, stride: 2, padding: "same" } as const;
    expect(convolutionPads([28, 28, 1], same)).toEqual(edges(1, 1, 1, 1));
    expect(convolutionPads([5, 8, 1], { ...same, kernel: 5, stride: 3 })).toEqual(
      edges(1, 1, 2, 2),
    );
    expect(convolutionPads([6, 7, 1], { ...same, kernel: 4, stride: 1 })).toEqual(
      edges(1, 1, 2, 2),
    );
  });

  it("is none where «valid», or where the stride is wider than the kernel", () => {
    const none = edges(0, 0, 0, 0);
    expect(convolutionPads([9, 9, 1], { kernel: 5, stride: 1, padding: "valid" })).toEqual(none);
    expect(convolutionPads([9, 9, 1], { kernel: 1, stride: 3, padding: "same" })).toEqual(none);
    expect(transposedCrop({ kernel: 2, stride: 3, padding: "same" })).toEqual(none);
    expect(transposedCrop({ kernel: 5, stride: 2, padding: "valid" })).toEqual(none);
  });

  it("of a transposed convolution is what reaches over the image", () => {
    expect(transposedCrop({ kernel: 4, stride: 2, padding: "same" })).toEqual(edges(1, 1, 1, 1));
    expect(transposedCrop({ kernel: 5, stride: 2, padding: "same" })).toEqual(edges(1, 1, 2, 2));
  });
});
