/** A data set as bytes: what every source of images becomes. */
import type { ImageShape } from "../spec/shape.ts";

export interface Dataset {
  /** «Built-in digits», or the name of the file of images. */
  name: string;
  image: ImageShape;
  length: number;
  /** Number of classes, 0 without labels. */
  classes: number;
  /** One an image, or null. */
  labels: Uint8Array | null;
  /**
   * Bytes of the images at these places, image after image in row, column, channel order. Rejects
   * with `RangeError` where there is no such image.
   */
  read: (indices: ArrayLike<number>) => Promise<Uint8Array>;
}

/** What is known of a data set without holding its images. */
export interface Inspection {
  name: string;
  image: ImageShape;
  length: number;
  /** Images of each class, in class order; empty without labels. */
  classCounts: number[];
}

/** The beginning of a data set: bytes in image, row, column, channel order. */
export interface FirstImages {
  image: ImageShape;
  count: number;
  pixels: Uint8Array;
}
