/**
 * Changes to real images before each use, as data: small data sets look larger, and what does not
 * matter (which way a shoe points) is not learned. The images are changed each time they are used,
 * by amounts drawn anew; generated images are never changed, so the generator learns the changes too
 * (Karras et al. 2020, «Training generative adversarial networks with limited data», call this
 * leaking). How the pixels are made is in `main/data/augment/`.
 */
import * as v from "valibot";

const between = (least: number, most: number) =>
  v.pipe(v.number(), v.finite(), v.minValue(least), v.maxValue(most));

export const augmentationSchema = v.variant("kind", [
  v.strictObject({ kind: v.literal("none") }),
  v.strictObject({
    kind: v.literal("affine"),
    /** Left and right are exchanged in half of the images. */
    flip: v.boolean(),
    /** Turned by up to so many degrees to either side. */
    rotation: between(0, 180),
    /** Drawn between these two factors, evenly on a logarithmic scale, in either order; 1 keeps the size. */
    smallest: between(0.25, 4),
    largest: between(0.25, 4),
    /** Moved by up to so many whole pixels, up or down and left or right. */
    translation: v.pipe(between(0, 256), v.integer()),
    /** What lies beyond the image's border: black, or its border pixels drawn out. */
    background: v.picklist(["black", "edge"]),
  }),
]);

export type Augmentation = v.InferOutput<typeof augmentationSchema>;
export type AffineAugmentation = Extract<Augmentation, { kind: "affine" }>;

/** A turn from which digits and letters begin to look like others (6 and 9, N and Z). */
const confusingRotation = 45;

/**
 * What the images show, as far as is known: `classNames` in class order, such as «0» … «9», or empty.
 * Says in sentences where an augmentation changes what an image means, or does nothing.
 */
export function augmentationWarnings(
  augmentation: Augmentation,
  classNames: readonly string[],
): string[] {
  if (augmentation.kind === "none") return [];
  const { flip, rotation, smallest, largest, translation } = augmentation;
  const writing = classNames.length > 0 && classNames.every((name) => /^[\p{L}\p{N}]$/u.test(name));
  const warnings: string[] = [];
  if (flip && writing) {
    warnings.push(
      "Flipping exchanges left and right: most digits and letters (2, 3, 5, 7) become signs that do not exist, and the generator will draw those too. Turn the flip off for writing.",
    );
  }
  if (rotation > confusingRotation && writing) {
    warnings.push(
      `Turning by up to ${rotation}° makes digits and letters look like others (6 and 9). Stay below ${confusingRotation}° for writing.`,
    );
  }
  if (!flip && rotation === 0 && smallest === 1 && largest === 1 && translation === 0) {
    warnings.push("All changes are switched off; the images stay as they are.");
  }
  return warnings;
}
