/** A data set as bytes: what every source of images becomes. */
import type { ImageShape } from "../spec/shape.ts";

export interface Dataset {
  name: string;
  image: ImageShape;
  length: number;
  /** Number of classes, 0 without labels. */
  classes: number;
  /** One an image, or null. */
  labels: Uint8Array | null;
  /** Bytes of the images at these places, image after image in row, column, channel order. */
  read: (indices: ArrayLike<number>) => Promise<Uint8Array>;
}
