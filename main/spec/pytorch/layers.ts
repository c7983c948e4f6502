/** PyTorch's layers as ours: for each name its arguments in PyTorch's order, and what it becomes. */
import type { Layer } from "../layers.ts";
import { dense, dropout, flatten, leakyRelu, relu, sigmoid, tanh } from "../layers/shorthand.ts";
import { formatShape, sizeOf, type Shape } from "../shape.ts";
import { argumentsOf, type Arguments } from "./arguments.ts";
import {
  convolution,
  convolutionNames,
  transposedConvolution,
  transposedNames,
} from "./convolutions.ts";
import { textOf, type Call } from "./values.ts";

export interface Turned {
  layer: Layer;
  /** True for a layer with weights that has no bias in PyTorch. */
  lacksBias?: boolean;
  /** What is a little different, as the end of a sentence that begins with the layer. */
  note?: string | null;
}

interface Kind {
  names: readonly string[];
  /** `input` is the shape that the layer gets, height first. */
  turn(given: Arguments, input: Shape, spectralNorm: boolean): Turned;
  /** Values (or channels) that it says it takes, where it does. */
  takes?(given: Arguments): number;
}

/** A layer by its own name, or undefined for one that is not known here. */
export const layerKind = (name: string): Kind | undefined =>
  Object.hasOwn(kinds, name) ? kinds[name] : undefined;

export const knownLayers = (): string[] => Object.keys(kinds);

export const turnLayer = (call: Call, kind: Kind, input: Shape, spectralNorm: boolean): Turned =>
  kind.turn(argumentsOf(call, kind.names), input, spectralNorm);

/** How many values or channels the layer was written for; undefined where it does not say. */
export const takenBy = (call: Call, kind: Kind): number | undefined =>
  kind.takes?.(argumentsOf(call, kind.names));

function requireChannels(
  given: Arguments,
  channels: number,
  input: Shape,
  what = "channels",
): void {
  const has = input.at(-1) ?? 0;
  if (has !== channels) {
    throw given.wrong(`is written for ${channels} ${what}, but gets ${formatShape(input)} here`);
  }
}

/** Without arguments that matter. */
const plain = (layer: Layer, ...names: string[]): Kind => ({ names, turn: () => ({ layer }) });

const convolutionKind = (
  names: readonly string[],
  convert: typeof convolution | typeof transposedConvolution,
): Kind => ({
  names,
  takes: (given) => given.whole("in_channels"),
  turn(given, input, spectralNorm) {
    const { layer, channels, bias, note } = convert(given, spectralNorm);
    if (input.length === 3) requireChannels(given, channels, input);
    return { layer, lacksBias: !bias, note };
  },
});

const batchNormKind: Kind = {
  names: ["num_features", "eps", "momentum", "affine", "track_running_stats"],
  turn(given, input) {
    requireChannels(given, given.whole("num_features"), input);
    if (!given.flag("affine", true)) {
      throw given.wrong("has no scale and shift (affine=False), which cannot be expressed here");
    }
    if (!given.flag("track_running_stats", true)) {
      throw given.wrong("keeps no moving statistics, which cannot be expressed here");
    }
    const epsilon = given.decimal("eps", 1e-5);
    // PyTorch's is the share of the new value; rounding hides what 1 − 0.1 is in binary.
    const momentum = Number((1 - given.decimal("momentum", 0.1)).toFixed(12));
    return { layer: { kind: "batchNorm", momentum, epsilon } };
  },
};

const poolKind = (kind: "maxPool" | "averagePool", ...rest: string[]): Kind => ({
  names: ["kernel_size", "stride", "padding", ...rest],
  turn(given) {
    const size = given.square("kernel_size");
    if (given.raw("stride") !== undefined && given.raw("stride") !== null) {
      const stride = given.square("stride");
      if (stride !== size) {
        throw given.wrong(
          `has stride ${stride} for windows of ${size}; here windows do not overlap`,
        );
      }
    }
    for (const name of ["padding", ...rest]) {
      const value = given.raw(name);
      const standard =
        name === "count_include_pad" || value === 0 || value === 1 || value === false;
      if (value !== undefined && value !== null && !standard) {
        throw given.wrong(`has a «${name}» that cannot be expressed here; leave it out`);
      }
    }
    return { layer: { kind, size } };
  },
});

const upsampleKind: Kind = {
  names: ["size", "scale_factor", "mode", "align_corners", "recompute_scale_factor"],
  turn(given) {
    const mode = given.raw("mode") ?? "nearest";
    if (mode !== "nearest") {
      throw given.wrong(
        `interpolates («${textOf(mode)}»); here pixels are repeated (mode="nearest")`,
      );
    }
    if (given.raw("size") !== undefined && given.raw("size") !== null) {
      throw given.wrong("gives a size; here a factor is needed (scale_factor=2)");
    }
    return { layer: { kind: "upsample", size: given.square("scale_factor") } };
  },
};

const kinds: Readonly<Record<string, Kind>> = {
  Linear: {
    names: ["in_features", "out_features", "bias"],
    takes: (given) => given.whole("in_features"),
    turn(given, input, spectralNorm) {
      const features = given.whole("in_features");
      if (input.length === 1) requireChannels(given, features, input, "values");
      const layer = { ...dense(given.whole("out_features")), spectralNorm };
      return { layer, lacksBias: !given.flag("bias", true) };
    },
  },
  Conv2d: convolutionKind(convolutionNames, convolution),
  ConvTranspose2d: convolutionKind(transposedNames, transposedConvolution),
  BatchNorm1d: batchNormKind,
  BatchNorm2d: batchNormKind,
  LayerNorm: {
    names: ["normalized_shape", "eps", "elementwise_affine", "bias"],
    turn(given, input) {
      const sizes = given.sizes("normalized_shape");
      if (sizes.reduce((product, size) => product * size, 1) !== sizeOf(input)) {
        const shape = sizes.join("×");
        throw given.wrong(`normalises ${shape} values, but gets ${formatShape(input)} here`);
      }
      if (!given.flag("elementwise_affine", true)) {
        throw given.wrong("has no scale and shift, which cannot be expressed here");
      }
      const note =
        input.length > 1 ? "has one scale and shift a channel here, not one a pixel" : null;
      return { layer: { kind: "layerNorm", epsilon: given.decimal("eps", 1e-5) }, note };
    },
  },
  Dropout: {
    names: ["p", "inplace"],
    turn: (given) => ({ layer: dropout(given.decimal("p", 0.5)) }),
  },
  Flatten: {
    names: ["start_dim", "end_dim"],
    turn(given) {
      const isWhole = given.raw("end_dim") === undefined || given.raw("end_dim") === -1;
      if (given.whole("start_dim", 1) === 1 && isWhole) return { layer: flatten };
      throw given.wrong("flattens a part; here it is the whole example (start_dim=1)");
    },
  },
  Unflatten: {
    names: ["dim", "unflattened_size"],
    turn(given) {
      if (given.whole("dim") !== 1) throw given.wrong("unfolds another axis than 1");
      const sizes = given.sizes("unflattened_size");
      const [channels = 1, ...pixels] = sizes;
      const shape = sizes.length === 3 ? [...pixels, channels] : sizes;
      return { layer: { kind: "reshape", shape } };
    },
  },
  Upsample: upsampleKind,
  UpsamplingNearest2d: { ...upsampleKind, names: ["size", "scale_factor"] },
  MaxPool2d: poolKind("maxPool", "dilation", "return_indices", "ceil_mode"),
  AvgPool2d: poolKind("averagePool", "ceil_mode", "count_include_pad", "divisor_override"),
  LeakyReLU: {
    names: ["negative_slope", "inplace"],
    turn: (given) => ({ layer: leakyRelu(given.decimal("negative_slope", 0.01)) }),
  },
  ELU: {
    names: ["alpha", "inplace"],
    turn: (given) => ({ layer: { kind: "elu", alpha: given.decimal("alpha", 1) } }),
  },
  ReLU: plain(relu, "inplace"),
  Tanh: plain(tanh),
  Sigmoid: plain(sigmoid),
  Identity: plain({ kind: "linear" }),
};
