/** A finding, for tests to vary. */
import type { Finding } from "../../../main/spec/doctor/finding.ts";

export const exampleFinding = (changes: Partial<Finding> = {}): Finding => ({
  id: "generator-strong",
  name: "The generator is too strong",
  severity: "warning",
  since: 150,
  numbers: "It answers 0.998 to real and 0.002 to generated images.",
  evidence: {
    label: "discriminator's loss, 0 its best, 1 balance",
    steps: [10, 150, 284],
    values: [0.4, 0.005, 0.004],
    threshold: 0.01,
    beyond: "below",
  },
  why: "A discriminator that is always right teaches nothing.",
  remedies: [
    {
      title: "the discriminator's learning rate lowered to 0.0001",
      patch: { optimizers: { discriminator: { learningRate: 1e-4 } } },
      by: "fork",
    },
    { title: "dropout in the discriminator", patch: { preset: null }, by: "start" },
  ],
  ...changes,
});
