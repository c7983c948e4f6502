/** A deep convolutional GAN that is told which class to draw. */
import { dcganBce } from "./dcgan-bce.ts";
import type { Preset } from "./preset.ts";

export const cdcgan: Preset = {
  id: "cdcgan",
  title: "Conditional, deep convolutional",
  summary:
    "Both networks see the label: the generator joined to its noise, the discriminator as channels beside the image. " +
    "Needs labelled data; the gallery shows one column a class.",
  source: "Mirza and Osindero 2014; architecture: Radford et al. 2016",
  specification: {
    ...dcganBce.specification,
    preset: "cdcgan",
    conditioning: { classes: 10, discriminator: "channels" },
    outputs: { ...dcganBce.specification.outputs, fixedSamples: 40 },
  },
};
