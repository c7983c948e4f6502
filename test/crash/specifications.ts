/** Runs for the crash harness: presets made small, with epochs of a fraction of a second. */
import { presetOf } from "../../main/spec/presets.ts";
import { parseSpecification, type Specification } from "../../main/spec/specification.ts";
import { scaledDown } from "../support/scaled-down.ts";

/** Small networks of every kind of state: plain, normalised, told of classes, clipped. */
export const crashPresets = ["vanilla-mlp", "basic-mlp", "cdcgan", "wgan-clip"] as const;

export const stepsPerEpoch = 3;

/** Measured at each step; `epochs` of three steps with three images an update. */
export function crashSpecification(preset: string, epochs: number): Specification {
  const small = scaledDown(presetOf(preset).specification, 4);
  const { discriminatorSteps } = small.loop;
  const count = 4 * stepsPerEpoch * discriminatorSteps;
  return parseSpecification({
    ...small,
    data: {
      ...small.data,
      source: { kind: "digits", count, seed: 1 },
      ...{ offset: 0, training: null, validation: 0 },
    },
    loop: { ...small.loop, epochs, steps: null },
    outputs: {
      fixedSamples: small.conditioning?.classes ?? 4,
      sampleAtSteps: [],
      measureEvery: 1,
      evaluateEvery: null,
      stopAfter: null,
      features: null,
    },
  });
}
