/** Whether a data set can be trained on as a specification asks; said before a run exists. */
import { batchesPerEpoch } from "../data/batches.ts";
import type { Split } from "../spec/data.ts";
import { Problem } from "../spec/problem.ts";
import { formatShape, sameShape, shapeOfImage, type ImageShape } from "../spec/shape.ts";
import type { Specification } from "../spec/specification.ts";

/** What is known of a data set before its images are read. */
interface Found {
  image: ImageShape;
  /** Number of classes, 0 without labels. */
  classes: number;
}

/**
 * Throws `data.mismatch` for images of another size or too many classes or none where the networks
 * are told of them, `data.empty` for fewer images than one step needs.
 */
export function requireData(specification: Specification, found: Found, split: Split): void {
  const { image, loop, conditioning } = specification;
  if (conditioning && (found.classes === 0 || found.classes > conditioning.classes)) {
    const has = found.classes === 0 ? "no labels" : `${found.classes} classes`;
    throw new Problem(
      "data.mismatch",
      `The networks are told one of ${conditioning.classes} classes, but the data set has ${has}. Choose labelled data, or a preset without classes.`,
    );
  }
  if (!sameShape(shapeOfImage(image), shapeOfImage(found.image))) {
    throw new Problem(
      "data.mismatch",
      `The data set's images are ${formatShape(shapeOfImage(found.image))}, but the networks are made for ${formatShape(shapeOfImage(image))}. Choose other data or another preset.`,
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
