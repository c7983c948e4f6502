/** The first Wasserstein GAN: a critic held back by clipping its weights. */
import type { OptimizerOf } from "../optimizers.ts";
import { dcganBce } from "./dcgan-bce.ts";
import { alternating } from "./parts.ts";
import type { Preset } from "./preset.ts";

const rmsprop: OptimizerOf<"rmsprop"> = {
  kind: "rmsprop",
  learningRate: 5e-5,
  decay: 0.99,
  epsilon: 1e-8,
  schedule: { kind: "constant" },
};

export const wganClip: Preset = {
  id: "wgan-clip",
  title: "Wasserstein, clipped",
  summary:
    "A critic estimates how far apart real and generated images are, its weights cut to ±0.01 after each update. " +
    "Its loss falls as images get better; training is slow but steady.",
  source: "Arjovsky et al. 2017; architecture: Radford et al. 2016",
  specification: {
    ...dcganBce.specification,
    preset: "wgan-clip",
    loss: { kind: "wasserstein", terms: "sum", flipRate: 0 },
    regularizers: [{ kind: "weightClip", limit: 0.01 }],
    optimizers: { generator: rmsprop, discriminator: rmsprop },
    loop: { ...alternating, discriminatorSteps: 5 },
  },
};
