/**
 * What «same» and «valid» mean in numbers (TensorFlow's meaning; Dumoulin and Visin 2016), for
 * formats that want the numbers. An odd total goes to the bottom and the right.
 */
import type { Shape } from "../spec/shape.ts";

/** Pixels at each edge of an image. */
export interface Edges {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

interface Window {
  kernel: number;
  stride: number;
  padding: "same" | "valid";
}

const split = (total: number): [before: number, after: number] => {
  const before = Math.floor(total / 2);
  return [before, total - before];
};

/** Zeros around an image [height, width, channels] before a convolution. */
export function convolutionPads(input: Shape, { kernel, stride, padding }: Window): Edges {
  const along = (size: number) =>
    padding === "valid"
      ? split(0)
      : split(Math.max(0, (Math.ceil(size / stride) - 1) * stride + kernel - size));
  const [top, bottom] = along(input[0] ?? 1);
  const [left, right] = along(input[1] ?? 1);
  return { top, left, bottom, right };
}

/** What to cut from the whole result of a transposed convolution. */
export function transposedCrop({ kernel, stride, padding }: Window): Edges {
  const [before, after] = split(padding === "valid" ? 0 : Math.max(0, kernel - stride));
  return { top: before, left: before, bottom: after, right: after };
}
