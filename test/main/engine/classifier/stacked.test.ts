import { expect, it } from "vitest";
import type { Classifier } from "../../../../main/engine/classifier/classifier.ts";
import { featureSize } from "../../../../main/engine/classifier/layers.ts";
import { stackedClassifier } from "../../../../main/engine/classifier/stacked.ts";

/** Of images of one pixel: every feature is the pixel, every class has the pixel's negative. */
const grey = (classes: number): Classifier => ({
  classes,
  look: (images) =>
    Promise.resolve({
      features: Float32Array.from(
        { length: images.length * featureSize },
        (_, i) => images[Math.floor(i / featureSize)]!,
      ),
      probabilities: Float32Array.from(
        { length: images.length * classes },
        (_, i) => -images[Math.floor(i / classes)]!,
      ),
    }),
  dispose: () => undefined,
});

/** Two images of one pixel, with red, green and blue. */
const images = Float32Array.of(1, 2, 3, 4, 5, 6);
const rowsOf = (values: Float32Array, width: number) =>
  Array.from({ length: values.length / width }, (_, row) => values[row * width]);

it("puts the channels' features and probabilities side by side, image after image", async () => {
  const seen = await stackedClassifier(grey(2)).look(images);
  expect(rowsOf(seen.features, featureSize)).toEqual([1, 2, 3, 4, 5, 6]);
  expect([...seen.probabilities]).toEqual([-1, -1, -2, -2, -3, -3, -4, -4, -5, -5, -6, -6]);
});

it("has the same features where the data has no labels, and no probabilities", async () => {
  const seen = await stackedClassifier(grey(0)).look(images);
  expect(rowsOf(seen.features, featureSize)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(seen.probabilities).toHaveLength(0);
});
