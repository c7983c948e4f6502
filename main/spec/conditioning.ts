/**
 * How both networks are told the class of an image (Mirza and Osindero 2014), and what shape their
 * inputs then have. The generator always gets the one-hot label joined to its noise.
 */
import * as v from "valibot";
import { sizeOf, type Shape } from "./shape.ts";

export const conditioningSchema = v.strictObject({
  classes: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(256)),
  /** As further channels beside the image, or as a one-hot vector joined to the flattened image. */
  discriminator: v.picklist(["channels", "oneHot"]),
});

export type Conditioning = v.InferOutput<typeof conditioningSchema>;

export const generatorInput = (latent: number, conditioning: Conditioning | null): Shape => [
  latent + (conditioning?.classes ?? 0),
];

export function discriminatorInput(image: Shape, conditioning: Conditioning | null): Shape {
  if (!conditioning) return image;
  if (conditioning.discriminator === "oneHot") return [sizeOf(image) + conditioning.classes];
  const [height = 1, width = 1, channels = 1] = image;
  return [height, width, channels + conditioning.classes];
}
