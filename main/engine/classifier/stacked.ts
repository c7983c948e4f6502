/** A classifier of grey images looking at stacks of three: each channel by itself, one after the other. */
import type { Classifier, Seen } from "./classifier.ts";
import { featureSize } from "./layers.ts";

/** Images of a stack: red, green and blue. */
export const stackHeight = 3;

/**
 * Features and probabilities of the three channels side by side: [images, 3 · features] and [images,
 * 3 · classes]. `classes` stays that of one channel. Owns the classifier that it is given.
 */
export const stackedClassifier = (grey: Classifier): Classifier => ({
  classes: grey.classes,
  async look(images) {
    const pixels = images.length / stackHeight;
    const channels: Seen[] = [];
    for (let channel = 0; channel < stackHeight; channel++) {
      const plane = new Float32Array(pixels);
      for (let i = 0; i < pixels; i++) plane[i] = images[i * stackHeight + channel] as number;
      channels.push(await grey.look(plane));
    }
    // By the features: a network of data without labels knows of no classes.
    const count = (channels[0]?.features.length ?? 0) / featureSize;
    return {
      features: beside(
        channels.map(({ features }) => features),
        count,
      ),
      probabilities: beside(
        channels.map(({ probabilities }) => probabilities),
        count,
      ),
    };
  },
  dispose() {
    grey.dispose();
  },
});

/** The rows of several arrays of `count` rows next to each other. */
function beside(parts: readonly Float32Array[], count: number): Float32Array {
  const widths = parts.map(({ length }) => length / count);
  const width = widths.reduce((sum, one) => sum + one, 0);
  const joined = new Float32Array(count * width);
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const own = widths[index] as number;
    for (let row = 0; row < count; row++) {
      joined.set(part.subarray(row * own, (row + 1) * own), row * width + at);
    }
    at += own;
  }
  return joined;
}
