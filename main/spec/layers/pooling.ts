/**
 * Pooling over non-overlapping square windows (stride = size); rows that do not fill one are cut.
 * And its opposite, upsampling by repetition.
 */
import * as v from "valibot";
import { formatShape, sizeSchema, type Shape } from "../shape.ts";
import { ShapeMismatch, type LayerKind } from "./kind.ts";

export const maxPoolSchema = v.strictObject({
  kind: v.literal("maxPool"),
  size: sizeSchema(64),
});
export const averagePoolSchema = v.strictObject({
  kind: v.literal("averagePool"),
  size: sizeSchema(64),
});

export const upsampleSchema = v.strictObject({ kind: v.literal("upsample"), size: sizeSchema(16) });

/** Each pixel becomes a square of `size` by `size` equal ones. */
export const upsample: LayerKind<{ size: number }> = {
  output({ size }, input) {
    const [height, width, channels] = input;
    if (height === undefined || width === undefined || channels === undefined) {
      throw new ShapeMismatch(
        `expects an image (height×width×channels), gets ${formatShape(input)}`,
      );
    }
    return [height * size, width * size, channels];
  },
  describe: ({ size }) => `size ${size.toString()}`,
};

const pooling: LayerKind<{ size: number }> = {
  output({ size }, input): Shape {
    const [height, width, channels] = input;
    if (height === undefined || width === undefined || channels === undefined) {
      throw new ShapeMismatch(
        `expects an image (height×width×channels), gets ${formatShape(input)}`,
      );
    }
    if (Math.min(height, width) < size) {
      throw new ShapeMismatch(
        `pools windows of ${formatShape([size, size])}, but the input is only ${formatShape([height, width])}`,
      );
    }
    return [Math.floor(height / size), Math.floor(width / size), channels];
  },
  describe: ({ size }) => `size ${size.toString()}`,
};

export const maxPool = pooling;
export const averagePool = pooling;
