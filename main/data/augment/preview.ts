/** The first images of a data set as a run would see them: changed at random, by a seed. */
import { streamSeed } from "../../random/streams.ts";
import type { Augmentation } from "../../spec/augmentation.ts";
import type { FirstImages } from "../dataset.ts";
import { augmentBatch } from "./augment.ts";

export const augmentedImages = (
  first: FirstImages,
  augmentation: Augmentation,
  seed: number,
): FirstImages => ({
  ...first,
  pixels: augmentBatch(first.pixels, first.image, augmentation, streamSeed(seed, "augment")),
});
