/** The deep convolutional GAN of Radford et al. with cross-entropy. */
import {
  adam,
  alternating,
  crossEntropy,
  dcganDiscriminator,
  dcganGenerator,
  digits,
  outputs,
  plain,
} from "./parts.ts";
import type { Preset } from "./preset.ts";

export const dcganBce: Preset = {
  id: "dcgan-bce",
  title: "Deep convolutional",
  summary:
    "Transposed convolutions with batch normalisation against strided convolutions: the recipe that made GANs train. " +
    "A good start for images of your own.",
  source: "Radford et al. 2016",
  specification: {
    ...plain,
    preset: "dcgan-bce",
    image: { height: 28, width: 28, channels: 1 },
    data: digits,
    latent: { size: 100, distribution: "normal" },
    generator: { layers: dcganGenerator },
    discriminator: { layers: dcganDiscriminator({ normalized: true }) },
    loss: { ...crossEntropy, terms: "mean" },
    optimizers: { generator: adam(2e-4, 0.5, 0.999), discriminator: adam(2e-4, 0.5, 0.999) },
    loop: alternating,
    outputs: outputs(10),
  },
};
