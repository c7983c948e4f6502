/** What an array must be to be images, and labels: bytes, image after image. */
import { Problem } from "../../spec/problem.ts";
import { formatShape, shapeOfImage, sizeOf, type ImageShape } from "../../spec/shape.ts";
import type { NpyHeader } from "./header.ts";

const largestSide = 1024;

export interface ImageArray {
  image: ImageShape;
  length: number;
  /** Bytes of one image. */
  imageBytes: number;
}

/** Throws `data.format` or `data.empty` for an array that cannot be used as images. */
export function imagesOf(path: string, { type, shape }: NpyHeader): ImageArray {
  const refused = (what: string) => new Problem("data.format", `${path}: ${what}.`);
  const [length = 0, height = 0, width = 0, channels = 1] = shape;
  const told = formatShape(shape);
  if (shape.length !== 3 && shape.length !== 4) {
    throw refused(
      `it holds an array of ${shape.length === 0 ? "one value" : told}; images are count×height×width or count×height×width×channels`,
    );
  }
  if (type !== "|u1") {
    throw refused(
      `it holds values of the type «${type}»; save them as bytes from 0 to 255 (uint8)`,
    );
  }
  if (length === 0) throw new Problem("data.empty", `${path} holds 0 images; choose another file.`);
  if (channels !== 1 && channels !== 3) {
    const cure =
      height === 1 || height === 3 ? " Put the channels last: transpose(0, 2, 3, 1)" : "";
    throw refused(
      `it holds an array of ${told}, whose images have ${channels} channels; 1 (grey) or 3 (RGB) can be used${cure && `.${cure}`}`,
    );
  }
  if (height < 1 || width < 1 || Math.max(height, width) > largestSide) {
    throw refused(
      `its images are ${height}×${width}; 1×1 to ${largestSide}×${largestSide} can be used`,
    );
  }
  const image: ImageShape = { height, width, channels };
  return { image, length, imageBytes: sizeOf(shapeOfImage(image)) };
}
