/** The dense, batch-normalised pair on pictures of 100×100 in colour. */
import { dense, reshape, tanh } from "../layers/shorthand.ts";
import { basicMlp, denseBody, denseJudge } from "./basic-mlp.ts";
import { adam } from "./parts.ts";
import type { Preset } from "./preset.ts";

const side = 100;

export const mlpBatchnorm: Preset = {
  id: "mlp-batchnorm",
  title: "Dense, 100×100 colour",
  summary:
    "Dense networks on a folder of colour pictures, resized to 100×100. " +
    "Large and blurred beside a convolutional pair: a lesson in why convolutions won.",
  source: "Goodfellow et al. 2014; a widely copied tutorial form",
  specification: {
    ...basicMlp.specification,
    preset: "mlp-batchnorm",
    image: { height: side, width: side, channels: 3 },
    data: { ...basicMlp.specification.data, training: null },
    generator: {
      layers: [...denseBody(256, 512), dense(side * side * 3), tanh, reshape(side, side, 3)],
    },
    discriminator: { layers: denseJudge },
    optimizers: { generator: adam(2e-4, 0.9, 0.999), discriminator: adam(2e-4, 0.9, 0.999) },
    loop: { ...basicMlp.specification.loop, epochs: 20 },
  },
};
