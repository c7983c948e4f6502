/** Whether what a page sends fits the run: sizes of vectors and images, and classes. Throws `usage`. */
import { vectorsOfBytes } from "../../contract/explore.ts";
import { Problem } from "../../spec/problem.ts";
import { formatShape, shapeOfImage, sizeOf } from "../../spec/shape.ts";
import type { Specification } from "../../spec/specification.ts";

/** Images that one answer holds at most. */
const most = 256;

/** The vectors in these bytes, each as long as the run's are; `exactly` so many where that is given. */
export function checkedVectors(
  { latent: { size } }: Specification,
  bytes: Uint8Array,
  exactly?: number,
): Float32Array<ArrayBuffer> {
  const numbers = bytes.length / 4;
  const count = numbers / size;
  if (!Number.isInteger(count) || count < 1) {
    throw new Problem(
      "usage",
      `The run's latent vectors have ${size} numbers each; ${numbers} were given.`,
    );
  }
  if (count > most || (exactly !== undefined && count !== exactly)) {
    const wanted = exactly ?? `at most ${most}`;
    throw new Problem("usage", `There must be ${wanted} latent vectors, not ${count}.`);
  }
  const vectors = vectorsOfBytes(bytes);
  if (vectors.every(Number.isFinite)) return vectors;
  throw new Problem("usage", "A latent vector holds a value that is no number.");
}

/** A class that the run knows; null stays null. */
export function checkedLabel({ conditioning }: Specification, label: number | null): number | null {
  if (label === null || (conditioning && label < conditioning.classes)) return label;
  throw new Problem(
    "usage",
    conditioning
      ? `The run knows the classes 0 to ${conditioning.classes - 1}; there is no class ${label}.`
      : "The run was trained without classes; leave the label out.",
  );
}

/** A threshold for a run whose prior is normal; null stays null. */
export function checkedTruncation(
  { latent }: Specification,
  truncation: number | null,
): number | null {
  if (truncation === null || latent.distribution === "normal") return truncation;
  throw new Problem(
    "usage",
    "Truncation is for normal noise; this run draws its noise from −1 to 1. Leave it out.",
  );
}

/** A class for each of `count` vectors where the run knows of classes, else null. */
export function checkedLabels(
  specification: Specification,
  labels: readonly number[] | null,
  count: number,
): Uint8Array | null {
  for (const label of labels ?? []) checkedLabel(specification, label);
  const wanted = specification.conditioning === null ? null : count;
  if ((labels?.length ?? null) !== wanted) {
    throw new Problem(
      "usage",
      wanted === null
        ? "The run was trained without classes; leave the labels out."
        : `The run draws classes: give one label for each of the ${wanted} vectors.`,
    );
  }
  return labels && Uint8Array.from(labels);
}

/** One image of the run's size. */
export function checkedPixels({ image }: Specification, pixels: Uint8Array): Uint8Array {
  const shape = shapeOfImage(image);
  if (pixels.length === sizeOf(shape)) return pixels;
  throw new Problem(
    "usage",
    `The run's images are ${formatShape(shape)}, which is ${sizeOf(shape)} bytes; ${pixels.length} were given.`,
  );
}
