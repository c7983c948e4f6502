/** A small convolutional pair for any pictures at 16×16. */
import {
  conv2d,
  conv2dTranspose,
  dense,
  batchNorm,
  flatten,
  leakyRelu,
  relu,
  reshape,
  sigmoid,
  tanh,
} from "../layers/shorthand.ts";
import { adam, alternating, crossEntropy, digits, outputs, plain } from "./parts.ts";
import type { Preset } from "./preset.ts";

const same = { kernel: 4, stride: 2, padding: "same" } as const;
const whole = { kernel: 4, stride: 1, padding: "valid" } as const;

export const conv16: Preset = {
  id: "conv16",
  title: "Small convolutional, 16×16 colour",
  summary:
    "A light convolutional pair for any pictures, shrunk to 16×16. " +
    "The generator's update reuses the batch that the discriminator has just seen.",
  source: "Radford et al. 2016, in a small form",
  specification: {
    ...plain,
    preset: "conv16",
    image: { height: 16, width: 16, channels: 3 },
    data: { ...digits, training: null },
    latent: { size: 100, distribution: "normal" },
    generator: {
      layers: [
        ...[reshape(1, 1, 100), conv2dTranspose(128, whole), batchNorm(), relu],
        ...[conv2dTranspose(64, same), batchNorm(), relu],
        ...[conv2dTranspose(3, same), tanh],
      ],
    },
    discriminator: {
      layers: [
        ...[conv2d(64, same), leakyRelu(0.2)],
        ...[conv2d(128, same), batchNorm(), leakyRelu(0.2)],
        ...[conv2d(1, whole), flatten, dense(1), sigmoid],
      ],
    },
    loss: { ...crossEntropy, on: "probabilities" },
    optimizers: { generator: adam(2e-4, 0.5, 0.999), discriminator: adam(2e-4, 0.5, 0.999) },
    loop: { ...alternating, batchSize: 64, generatorNoise: "reused" },
    outputs: outputs(10),
  },
};
