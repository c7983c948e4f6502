/** Rows to put into a data folder. Used by child processes too, where the test runner is not. */
import { presetOf } from "../../../../main/spec/presets.ts";
import type { ProgressCommit } from "../../../../main/store/commit.ts";
import type { MeasurementRow } from "../../../../main/store/measurements.ts";
import type { NewRun } from "../../../../main/store/runs.ts";

export const specification = presetOf("vanilla-mlp").specification;

export const newRun = (changes: Partial<NewRun> = {}): NewRun => ({
  id: "run-1",
  name: "First run",
  status: "starting",
  dataset: "digits",
  engine: null,
  createdAt: 1000,
  specification,
  ...changes,
});

const sha = (digit: string): string => digit.repeat(64);

export const measurement = (step: number, value = step): MeasurementRow => ({
  step,
  values: {
    lossGenerator: value,
    lossDiscriminator: value + 0.25,
    scoreReal: 0.5,
    scoreGenerated: 0.5,
    gradientNormGenerator: 1,
    gradientNormDiscriminator: 2,
    learningRateGenerator: 2e-4,
    learningRateDiscriminator: 1e-4,
  },
});

/** All that an epoch leaves. */
export const epochCommit = (changes: Partial<ProgressCommit> = {}): ProgressCommit => ({
  runId: "run-1",
  step: 390,
  epoch: 1,
  seconds: 12.5,
  losses: { generator: 0.75, discriminator: 1.25 },
  measurements: [measurement(195), measurement(390)],
  samples: [
    {
      step: 390,
      epoch: 1,
      closesEpoch: true,
      count: 16,
      columns: 4,
      file: "samples/step-000000390.png",
      bytes: 2048,
      sha256: sha("a"),
    },
  ],
  checkpoint: {
    step: 390,
    epoch: 1,
    file: "checkpoints/step-000000390.safetensors",
    bytes: 4096,
    sha256: sha("b"),
  },
  events: [{ at: 2000, step: 390, kind: "saved", detail: "epoch 1" }],
  now: 2000,
  ...changes,
});
