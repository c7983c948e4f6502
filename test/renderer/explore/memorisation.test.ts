// @vitest-environment node
import { expect, test } from "vitest";
import { memorisationNote } from "../../../renderer/explore/memorisation.ts";
import { drawnOf } from "./examples.ts";

const nearest = (distance: number, usual: { of: "validation" | "training" } | null) => ({
  ...{ images: drawnOf([[1, 0]]).images, distances: [distance], places: [1], labels: null },
  ...{ compared: 9, training: 9 },
  usual: usual && { ...usual, count: 64, median: 30, low: 20 },
});

test("an image much nearer than real ones are to each other may be a copy", () => {
  const note = memorisationNote(nearest(12.34, { of: "validation" }));
  expect(note).toMatchObject({ tone: "warn" });
  expect(note?.title).toBe("May be a copy: the nearest differs by only 12.3 of 255");
  expect(note?.text).toMatch(/^64 real images that were kept aside .* 30\.0 \(median/);
});

test("an image as far as real ones are is no copy, as far as pixels can tell", () => {
  const note = memorisationNote(nearest(25, { of: "validation" }));
  expect(note).toMatchObject({ tone: "good" });
  expect(note?.text).toMatch(/moved or mirrored would not be found/);
});

test("without images kept aside it says what the measure is", () => {
  expect(memorisationNote(nearest(25, { of: "training" }))?.text).toMatch(
    /^No images were kept aside, so training images are the measure/,
  );
});

test("without a measure it judges nothing, and without images it says nothing", () => {
  expect(memorisationNote(nearest(25, null))).toMatchObject({ tone: "neutral" });
  expect(memorisationNote({ ...nearest(25, null), distances: [] })).toBeNull();
});
