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
  /** Gives back what is open; nothing can be read after it. */
  close: () => Promise<void>;
}

/** A file that was left out, and why: «it is cut off or damaged». */
export interface UnusableFile {
  /** Path below the folder that was named, with forward slashes. */
  file: string;
  reason: string;
}

/** What is known of a data set without holding its images. */
export interface Inspection {
  name: string;
  image: ImageShape;
  length: number;
  /** Images of each class, in class order; empty without labels. */
  classCounts: number[];
  /** In class order; absent where classes have no names. */
  classNames?: string[];
  /** Files that are left out, the first of them; absent where a source is one file. */
  unusable?: UnusableFile[];
  /** How many files are left out in all. */
  unusableCount?: number;
}

/** The beginning of a data set: bytes in image, row, column, channel order. */
export interface FirstImages {
  image: ImageShape;
  count: number;
  pixels: Uint8Array;
}
