/** Whether a data set can be trained on as a specification asks; said before a run exists. */
import { batchesPerEpoch } from "../data/batches.ts";
import type { Split } from "../spec/data.ts";
import { Problem } from "../spec/problem.ts";
import { formatShape, sameShape, shapeOfImage, type ImageShape } from "../spec/shape.ts";
import type { Specification } from "../spec/specification.ts";

/** Throws `data.mismatch` for images of another size, `data.empty` for fewer than one step needs. */
export function requireData(specification: Specification, found: ImageShape, split: Split): void {
  const { image, loop } = specification;
  if (!sameShape(shapeOfImage(image), shapeOfImage(found))) {
    throw new Problem(
      "data.mismatch",
      `The data set's images are ${formatShape(shapeOfImage(found))}, but the networks are made for ${formatShape(shapeOfImage(image))}. Choose other data or another preset.`,
    );
  }
  const { count } = split.training;
  if (batchesPerEpoch(count, loop.batchSize, loop.lastBatch) >= loop.discriminatorSteps) return;
  const needed = (loop.batchSize * loop.discriminatorSteps).toLocaleString("en");
  throw new Problem(
    "data.empty",
    `The data set gives ${count.toLocaleString("en")} images to train on, too few for one step of ${needed}. Use a smaller batch or more images.`,
  );
}
