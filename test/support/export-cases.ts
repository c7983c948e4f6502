/**
 * Networks to export: presets in a small form, a 64×64 colour pair, and stacks of every kind of
 * layer in the forms that formats disagree about (uneven padding, strides wider than kernels, images
 * that are not square, normalisation of vectors, images and rows, labels joined to images and vectors).
 */
import { presets } from "../../main/spec/presets.ts";
import { fanInUniform } from "../../main/spec/initializers.ts";
import type { Layer, LayerOf } from "../../main/spec/layers.ts";
import {
  batchNorm,
  conv2d,
  conv2dTranspose,
  dense,
  dropout,
  flatten,
  leakyRelu,
  maxPool,
  relu,
  reshape,
  sigmoid,
  tanh,
} from "../../main/spec/layers/shorthand.ts";
import { parseSpecification, type Specification } from "../../main/spec/specification.ts";
import { scaledDown } from "./scaled-down.ts";
import { smallSpecification } from "./small-specification.ts";

export interface ExportCase {
  name: string;
  specification: Specification;
}

const elu = (alpha: number): LayerOf<"elu"> => ({ kind: "elu", alpha });
const layerNorm: LayerOf<"layerNorm"> = { kind: "layerNorm", epsilon: 1e-5 };
const linear: LayerOf<"linear"> = { kind: "linear" };
const upsample = (size: number): LayerOf<"upsample"> => ({ kind: "upsample", size });
const averagePool = (size: number): LayerOf<"averagePool"> => ({ kind: "averagePool", size });
const minibatchDiscrimination: LayerOf<"minibatchDiscrimination"> = {
  ...{ kind: "minibatchDiscrimination", kernels: 3, dimensions: 2 },
  kernelInitializer: fanInUniform,
};
const same = (kernel: number, stride: number, spectralNorm = false) =>
  ({ kernel, stride, padding: "same", spectralNorm }) as const;
const valid = (kernel: number, stride: number) => ({ kernel, stride, padding: "valid" }) as const;

interface Pair {
  image: Specification["image"];
  latent: number;
  generator: Layer[];
  discriminator: Layer[];
  conditioning?: Specification["conditioning"];
  generatorAverage?: Specification["generatorAverage"];
}

const specificationOf = ({ generator, discriminator, latent, ...rest }: Pair): Specification =>
  parseSpecification({
    ...smallSpecification(),
    ...rest,
    latent: { size: latent, distribution: "uniform" },
    generator: { layers: generator },
    discriminator: { layers: discriminator },
  });

export const colour64: ExportCase = {
  name: "colour-64",
  specification: specificationOf({
    image: { height: 64, width: 64, channels: 3 },
    latent: 24,
    generator: [
      ...[dense(4 * 4 * 32), reshape(4, 4, 32), batchNorm(), relu],
      ...[conv2dTranspose(16, same(4, 2)), batchNorm(), leakyRelu(0.2)],
      ...[upsample(2), conv2d(16, same(3, 1)), batchNorm(), relu],
      ...[conv2dTranspose(8, same(5, 2)), batchNorm(), relu],
      ...[conv2dTranspose(3, same(4, 2)), tanh],
    ],
    discriminator: [
      ...[conv2d(8, same(4, 2, true)), leakyRelu(0.1), conv2d(16, same(5, 2, true)), layerNorm],
      ...[leakyRelu(0.1), averagePool(2), conv2d(16, same(4, 2)), batchNorm(), relu],
      ...[flatten, dense(1)],
    ],
  }),
};

/** Its discriminator holds the one layer that TensorFlow.js has no layers for. */
export const rows: ExportCase = {
  name: "rows",
  specification: specificationOf({
    image: { height: 12, width: 8, channels: 3 },
    latent: 6,
    generator: [
      ...[dense(30), layerNorm, elu(0.5), reshape(5, 6), batchNorm(), layerNorm],
      ...[reshape(3, 2, 5), conv2dTranspose(4, same(3, 2)), layerNorm, upsample(2), dropout(0.5)],
      ...[conv2d(5, valid(3, 1)), elu(1), conv2dTranspose(3, valid(3, 1)), tanh],
    ],
    discriminator: [
      ...[conv2d(4, same(5, 3, true)), elu(1), layerNorm, conv2d(6, valid(2, 1)), linear],
      ...[reshape(2, 9, 2), relu, flatten, dense(8), batchNorm(), minibatchDiscrimination],
      ...[dropout(0.3), dense(1)],
    ],
  }),
};

/** Strides wider than kernels, labels joined to vectors, and a moving average. */
export const strides: ExportCase = {
  name: "strides",
  specification: specificationOf({
    image: { height: 12, width: 12, channels: 3 },
    latent: 4,
    conditioning: { classes: 3, discriminator: "oneHot" },
    generatorAverage: { decay: 0.9 },
    generator: [
      ...[reshape(1, 1, 7), conv2dTranspose(5, { ...valid(4, 1), spectralNorm: true })],
      ...[leakyRelu(0.3), conv2dTranspose(4, same(2, 3)), relu, averagePool(2), upsample(2)],
      ...[conv2dTranspose(3, valid(2, 3)), maxPool(3), tanh],
    ],
    discriminator: [
      ...[dense(75), leakyRelu(0.2), reshape(5, 5, 3), conv2d(4, same(1, 3)), maxPool(1), sigmoid],
      ...[conv2d(5, valid(1, 2)), flatten, { ...dense(1), spectralNorm: true }],
    ],
  }),
};

/** Has basic-mlp's layers at 100×100, which only costs time; test/bench/exports.ts measures it too. */
const large = "mlp-batchnorm";

export const exportCases: ExportCase[] = [
  ...presets
    .filter(({ id }) => id !== large)
    .map(({ id, specification }) => ({ name: id, specification: scaledDown(specification) })),
  ...[colour64, rows, strides],
];
