/**
 * A batch of real images changed at random, as a specification's augmentation asks. Every amount
 * follows from the seed and the image's place in the batch, so a run that goes on after a stop sees
 * the same images. Labels stay as they are; `augmentationWarnings` says where that is wrong.
 */
import { uniform, type Seed } from "../../random/philox.ts";
import type { AffineAugmentation, Augmentation } from "../../spec/augmentation.ts";
import type { ImageShape } from "../../spec/shape.ts";
import { createFrame, placeChannel, type Placement } from "./affine.ts";

/** Numbers that are drawn for an image, whatever is switched on: none shifts another. */
const draws = 5;

/** A whole number from −most to most. */
const shift = (draw: number, most: number): number => Math.floor(draw * (2 * most + 1)) - most;

function placementOf(settings: AffineAugmentation, numbers: Float32Array, at: number): Placement {
  const draw = (index: number) => numbers[at + index] as number;
  const { flip, rotation, smallest, largest, translation } = settings;
  const side = flip && draw(0) < 0.5 ? -1 : 1;
  const angle = ((2 * draw(1) - 1) * rotation * Math.PI) / 180;
  const scale = smallest * (largest / smallest) ** draw(2);
  const cosine = Math.cos(angle) / scale;
  const sine = Math.sin(angle) / scale;
  return {
    matrix: [side * cosine, side * sine, -sine, cosine],
    right: shift(draw(3), translation),
    down: shift(draw(4), translation),
  };
}

/**
 * `bytes`: images in row, column, channel order; they are not changed. Returns as many of the same
 * shape (the very same array when there is nothing to do).
 */
export function augmentBatch(
  bytes: Uint8Array,
  image: ImageShape,
  augmentation: Augmentation,
  seed: Seed,
): Uint8Array {
  if (augmentation.kind === "none") return bytes;
  const imageBytes = image.height * image.width * image.channels;
  const count = bytes.length / imageBytes;
  const numbers = uniform(seed, count * draws);
  const changed = new Uint8Array(bytes.length);
  const frame = createFrame(image);
  for (let i = 0; i < count; i++) {
    const placement = placementOf(augmentation, numbers, i * draws);
    for (let channel = 0; channel < image.channels; channel++) {
      const at = i * imageBytes + channel;
      placeChannel(bytes, changed, at, image, placement, augmentation.background, frame);
    }
  }
  return changed;
}
