/** Spectral normalisation and the hinge loss on 32×32 colour pictures. */
import type { Initializer } from "../initializers.ts";
import {
  batchNorm,
  conv2d,
  conv2dTranspose,
  dense,
  flatten,
  leakyRelu,
  relu,
  reshape,
  tanh,
} from "../layers/shorthand.ts";
import type { LayerOf } from "../layers.ts";
import { adam, alternating, digits, outputs, plain } from "./parts.ts";
import type { Preset } from "./preset.ts";

const he: Initializer = { kind: "heNormal" };
const doubling = { kernel: 4, stride: 2, padding: "same", initializer: he } as const;
const fine = {
  kernel: 3,
  stride: 1,
  padding: "same",
  initializer: he,
  spectralNorm: true,
} as const;
const halving = { ...doubling, spectralNorm: true } as const;
const answer: LayerOf<"dense"> = { ...dense(1, he), spectralNorm: true };

export const sngan32: Preset = {
  id: "sngan-32",
  title: "Spectral normalisation, 32×32 colour",
  summary:
    "Every layer of the discriminator is held to a slope of 1 by its spectral norm, with the hinge loss. " +
    "Stable on varied pictures without a penalty's second pass.",
  source: "Miyato et al. 2018",
  specification: {
    ...plain,
    preset: "sngan-32",
    image: { height: 32, width: 32, channels: 3 },
    data: { ...digits, training: null },
    latent: { size: 128, distribution: "normal" },
    generator: {
      layers: [
        ...[dense(4 * 4 * 256, he), reshape(4, 4, 256), batchNorm(), relu],
        ...[conv2dTranspose(128, doubling), batchNorm(), relu],
        ...[conv2dTranspose(64, doubling), batchNorm(), relu],
        ...[conv2dTranspose(32, doubling), batchNorm(), relu],
        ...[conv2dTranspose(3, { ...doubling, kernel: 3, stride: 1 }), tanh],
      ],
    },
    discriminator: {
      layers: [
        ...[conv2d(32, fine), leakyRelu(0.1), conv2d(64, halving), leakyRelu(0.1)],
        ...[conv2d(64, fine), leakyRelu(0.1), conv2d(128, halving), leakyRelu(0.1)],
        ...[conv2d(128, fine), leakyRelu(0.1), conv2d(256, halving), leakyRelu(0.1)],
        ...[flatten, answer],
      ],
    },
    loss: { kind: "hinge", terms: "sum", flipRate: 0 },
    optimizers: { generator: adam(2e-4, 0, 0.9), discriminator: adam(2e-4, 0, 0.9) },
    loop: { ...alternating, batchSize: 64, epochs: 50 },
    outputs: outputs(10),
  },
};
