/** Shapes of one example, without the batch dimension: `[784]`, `[28, 28, 1]` (height, width, channels). */
import * as v from "valibot";

export type Shape = readonly number[];

/** A size that a person may type: a whole number from 1 to `max`. */
export const sizeSchema = (max: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(max));

export const imageShapeSchema = v.strictObject({
  height: sizeSchema(1024),
  width: sizeSchema(1024),
  channels: v.picklist([1, 3]),
});

/** Size of one image: height and width in pixels, 1 (grey) or 3 (RGB) channels. */
export type ImageShape = v.InferOutput<typeof imageShapeSchema>;

/** Number of values in one example of this shape. */
export const sizeOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);

/** `7×7×128`, as it is shown to people. */
export const formatShape = (shape: Shape): string => shape.join("×");

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((size, axis) => size === b[axis]);

export const shapeOfImage = (image: ImageShape): Shape => [
  image.height,
  image.width,
  image.channels,
];
