/** A run small enough to finish within a second or two: tiny networks, few images. */
import {
  dense,
  dropout,
  flatten,
  leakyRelu,
  reshape,
  tanh,
} from "../../main/spec/layers/shorthand.ts";
import { vanillaMlp } from "../../main/spec/presets/vanilla-mlp.ts";
import type { Specification } from "../../main/spec/specification.ts";

/** 64 built-in digits, batch 16: four steps an epoch. */
export function smallSpecification(loop: Partial<Specification["loop"]> = {}): Specification {
  const specification = structuredClone(vanillaMlp.specification);
  return {
    ...specification,
    preset: null,
    data: {
      ...specification.data,
      source: { kind: "digits", count: 64, seed: 1 },
      training: null,
      shuffle: true,
    },
    latent: { size: 8, distribution: "normal" },
    generator: { layers: [dense(16), leakyRelu(0.2), dense(784), tanh, reshape(28, 28, 1)] },
    discriminator: {
      layers: [flatten, dense(16), leakyRelu(0.2), dropout(0.3), dense(1)],
    },
    loop: { ...specification.loop, batchSize: 16, epochs: 2, ...loop },
    outputs: {
      fixedSamples: 4,
      sampleAtSteps: [],
      measureEvery: 1,
      evaluateEvery: null,
      stopAfter: null,
      features: null,
    },
  };
}
