/**
 * PyTorch's convolutions, whose padding is a number of pixels, as ours, whose padding is «same» or
 * «valid». Sizes always agree; where PyTorch pads one pixel more before than after, ours lies one pixel
 * elsewhere, which is said.
 */
import type { LayerOf } from "../layers.ts";
import { conv2d, conv2dTranspose } from "../layers/shorthand.ts";
import type { Arguments } from "./arguments.ts";

export interface Converted<Kind extends "conv2d" | "conv2dTranspose"> {
  layer: LayerOf<Kind>;
  /** Channels that it was written for. */
  channels: number;
  bias: boolean;
  note: string | null;
}

const names = ["in_channels", "out_channels", "kernel_size", "stride", "padding"];
export const convolutionNames = [...names, "dilation", "groups", "bias", "padding_mode"];
export const transposedNames = [...names, "output_padding", "groups", "bias", "dilation"];

const shifted =
  "gives the same sizes, but its padding lies one pixel further left and up in PyTorch";

/** What neither kind can be here. */
function refuseRest(given: Arguments): void {
  for (const name of ["dilation", "groups"]) {
    const value = given.square(name, 1);
    if (value !== 1)
      throw given.wrong(`has ${name}=${value}, which cannot be expressed here; leave it at 1`);
  }
  const mode = given.raw("padding_mode");
  if (mode !== undefined && mode !== "zeros") {
    throw given.wrong("pads with something else than zeros, which cannot be expressed here");
  }
}

export function convolution(given: Arguments, spectralNorm: boolean): Converted<"conv2d"> {
  refuseRest(given);
  const channels = given.whole("in_channels");
  const filters = given.whole("out_channels");
  const kernel = given.square("kernel_size");
  const stride = given.square("stride", 1);
  const bias = given.flag("bias", true);
  const made = (padding: "same" | "valid", note: string | null): Converted<"conv2d"> => ({
    layer: conv2d(filters, { kernel, stride, padding, spectralNorm }),
    ...{ channels, bias, note },
  });
  const word = given.raw("padding");
  if (word === "valid") return made("valid", null);
  if (word === "same" && stride === 1) return made("same", null);
  const padding = given.square("padding", 0);
  if (padding === 0) return made("valid", null);
  if (2 * padding === kernel - stride || (stride === 1 && 2 * padding === kernel - 1)) {
    return made("same", null);
  }
  if (2 * padding >= kernel - stride && 2 * padding <= kernel - 1) return made("same", shifted);
  throw given.wrong(
    `pads by ${padding} for a kernel of ${kernel} and stride ${stride}; here the output is as large as the input divided by the stride («same», ${wanted(kernel, stride)}), or nothing is padded (padding=0)`,
  );
}

const wanted = (kernel: number, stride: number): string =>
  `padding=${Math.max(0, Math.ceil((kernel - stride) / 2))}`;

export function transposedConvolution(
  given: Arguments,
  spectralNorm: boolean,
): Converted<"conv2dTranspose"> {
  refuseRest(given);
  const channels = given.whole("in_channels");
  const filters = given.whole("out_channels");
  const kernel = given.square("kernel_size");
  const stride = given.square("stride", 1);
  const padding = given.square("padding", 0);
  const added = given.square("output_padding", 0);
  const bias = given.flag("bias", true);
  const made = (kind: "same" | "valid", note: string | null): Converted<"conv2dTranspose"> => ({
    layer: conv2dTranspose(filters, { kernel, stride, padding: kind, spectralNorm }),
    ...{ channels, bias, note },
  });
  // A kernel as large as its stride leaves nothing to cut: «same» and «valid» are one.
  if (padding === 0 && added === Math.max(0, stride - kernel)) return made("valid", null);
  if (2 * padding === kernel - stride + added) {
    return made("same", added === 0 ? null : shifted);
  }
  throw given.wrong(
    `with kernel ${kernel}, stride ${stride}, padding ${padding} and output_padding ${added} gives a size that cannot be expressed here; the output must be the input times the stride (${wanted(kernel, stride)}), or nothing is cut (padding=0)`,
  );
}
