// @vitest-environment node
import { expect, test } from "vitest";
import { presetOf } from "../../../main/spec/presets.ts";
import { dataRemarks } from "../../../renderer/design/data-remarks.ts";
import { withImage } from "../../../renderer/design/document.ts";
import { exampleDataset } from "../examples.ts";

const base = presetOf("cdcgan").specification;
const labelled = (classes: number) =>
  exampleDataset({ classCounts: Array.from({ length: classes }, () => 5) });

test("classes that the data lacks, or that the networks are not told of, are problems", () => {
  expect(dataRemarks(base, labelled(10))).toEqual([]);
  expect(dataRemarks(base, labelled(0))[0]?.text).toMatch(/has no labels/);
  expect(dataRemarks(base, labelled(26))[0]).toMatchObject({
    tone: "problem",
    place: { section: "conditioning" },
  });
  expect(dataRemarks(base, labelled(2))[0]?.tone).toBe("warning");
  expect(dataRemarks(base, labelled(1))[0]?.text).toMatch(/has 1 class, but/);
  expect(dataRemarks({ ...base, conditioning: null }, labelled(0))).toEqual([]);
});

test("images of another size than the specification's are a problem", () => {
  const large = withImage(base, { height: 32, width: 32, channels: 1 });
  expect(dataRemarks(large, labelled(10))[0]?.text).toMatch(/28×28×1.*32×32×1/);
});

test("too few images for one step are a problem", () => {
  const few = { ...labelled(10), length: 50 };
  const loop = { ...base.loop, lastBatch: "drop" } as const;
  expect(dataRemarks({ ...base, loop }, few)[0]?.place.section).toBe("loop");
});

test("nothing is said of data that is not known yet", () => {
  expect(dataRemarks(base, null)).toEqual([]);
});
