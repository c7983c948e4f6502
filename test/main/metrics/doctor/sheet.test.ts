import { expect, test } from "vitest";
import {
  distancesIn,
  imbalanceOf,
  rangeOf,
  saturation,
  variety,
} from "../../../../main/metrics/doctor/sheet.ts";

const sheet = (...images: number[][]) => ({
  pixels: Float32Array.from(images.flat()),
  count: images.length,
  labels: null,
});

test("the distance of two images is the root of their mean squared difference", () => {
  const { mean, nearest } = distancesIn(sheet([0, 0], [1, 1], [1, -1]));
  // 1, 1 and √2
  expect(mean).toBeCloseTo((2 + Math.SQRT2) / 3, 6);
  expect([...nearest]).toEqual([1, 1, 1]);
});

test("only images of one class are held against each other", () => {
  const two = { ...sheet([0, 0], [1, 1], [0, 0], [0.5, 0.5]), labels: [0, 1, 0, 1] };
  expect(distancesIn(two).mean).toBeCloseTo(0.25, 6);
  expect(distancesIn({ ...two, labels: [0, 1, 2, 3] }).mean).toBeNaN();
});

test("the same image for every noise has no diversity and twins only", () => {
  const real = distancesIn(sheet([-1, 1], [1, -1], [1, 1]));
  expect(variety(sheet([0, 1], [0, 1], [0, 1]), real)).toEqual({ diversity: 0, duplicates: 1 });
});

test("images as different as real ones have the diversity 1", () => {
  const images = sheet([-1, 1], [1, -1], [1, 1]);
  expect(variety(images, distancesIn(images))).toEqual({ diversity: 1, duplicates: 0 });
});

test("one image is no sheet to speak of", () => {
  const real = distancesIn(sheet([0, 0], [1, 1]));
  expect(variety(sheet([0, 0]), real)).toEqual({ diversity: NaN, duplicates: 0 });
});

test("saturation counts both ends, and a range is its least and largest value", () => {
  const pixels = Float32Array.of(-1, -0.98, 0, 0.995);
  expect(saturation(pixels)).toBe(0.5);
  expect(rangeOf(pixels)).toEqual({ low: -1, high: Math.fround(0.995) });
});

test("imbalance is the ratio of the most common class to the rarest that there is", () => {
  expect(imbalanceOf([0, 0, 0, 2])).toBe(3);
  expect(imbalanceOf([1, 1])).toBeNaN();
  expect(imbalanceOf([])).toBeNaN();
});
