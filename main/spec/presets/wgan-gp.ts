/** Wasserstein with a gradient penalty, which holds the critic without crippling it. */
import { dcganBce } from "./dcgan-bce.ts";
import { adam, alternating, dcganDiscriminator } from "./parts.ts";
import type { Preset } from "./preset.ts";

export const wganGp: Preset = {
  id: "wgan-gp",
  title: "Wasserstein, gradient penalty",
  summary:
    "The critic's slope is drawn towards 1 between real and generated images, in place of clipped weights. " +
    "The most robust of the classic recipes, at several times the cost a step.",
  source: "Gulrajani et al. 2017; architecture: Radford et al. 2016",
  specification: {
    ...dcganBce.specification,
    preset: "wgan-gp",
    // Batch normalisation would tie the examples together; the penalty is on each by itself.
    discriminator: { layers: dcganDiscriminator({ normalized: false }) },
    loss: { kind: "wasserstein", terms: "sum", flipRate: 0 },
    regularizers: [{ kind: "gradientPenalty", weight: 10, target: 1 }],
    optimizers: { generator: adam(1e-4, 0, 0.9), discriminator: adam(1e-4, 0, 0.9) },
    loop: { ...alternating, discriminatorSteps: 5 },
  },
};
