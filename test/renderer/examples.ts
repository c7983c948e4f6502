/** Small, complete values of the contract, for tests to vary. */
import {
  measures,
  type Measure,
  type Measurements,
  type Progress,
  type RunDetail,
  type RunSummary,
  type Sample,
} from "../../main/contract/runs.ts";
import type { Handlers } from "../../main/contract/commands.ts";
import type { DatasetInfo } from "../../main/contract/system.ts";
import type { Work } from "../../main/contract/works.ts";
import { presetOf } from "../../main/spec/presets.ts";

export const exampleRun = (changes: Partial<RunSummary> = {}): RunSummary => ({
  id: "run-1",
  name: "First digits",
  preset: "lsgan-dc",
  status: "running",
  reason: null,
  code: null,
  epoch: 2,
  step: 284,
  epochs: 10,
  dataset: "Built-in digits",
  engine: "tensorflow",
  mode: "compiled",
  losses: { generator: 0.4, discriminator: 0.2 },
  seconds: 60,
  newestSample: 284,
  parent: null,
  group: null,
  forks: 0,
  tags: [],
  createdAt: 1_700_000_000_000,
  updatedAt: 1_700_000_060_000,
  ...changes,
});

export const exampleSample = (epoch: number): Sample => ({
  step: epoch * 142,
  epoch,
  closesEpoch: true,
  count: 16,
  columns: 4,
});

export const exampleDetail = (changes: Partial<RunDetail> = {}): RunDetail => ({
  run: exampleRun(),
  specification: presetOf("lsgan-dc").specification,
  samples: [exampleSample(1), exampleSample(2)],
  checkpoints: [{ step: 284, epoch: 2, bytes: 1000, sha256: "" }],
  bytes: 2500,
  events: [{ at: 1_700_000_000_000, step: 0, kind: "started", detail: "" }],
  ...changes,
});

/** Every measure has the same values. */
export const exampleMeasurements = (
  steps: number[],
  valueOf: (step: number) => number = (step) => step / 10,
): Measurements => ({
  steps,
  values: Object.fromEntries(measures.map((measure) => [measure, steps.map(valueOf)])) as Record<
    Measure,
    number[]
  >,
});

export const exampleProgress = (
  step: number,
  measurements = exampleMeasurements([step]),
): Progress => ({
  id: "run-1",
  step,
  epoch: 2,
  stepsPerEpoch: 142,
  totalSteps: 1420,
  millisecondsPerStep: 100,
  imagesPerSecond: 1280,
  secondsLeft: 90,
  measurements,
});

export const exampleDataset = (changes: Partial<DatasetInfo> = {}): DatasetInfo => ({
  id: "digits",
  name: "Built-in digits",
  source: { kind: "digits", count: 20_000, seed: 1 },
  image: { height: 28, width: 28, channels: 1 },
  length: 20_000,
  classCounts: [],
  ...changes,
});

/** Answers of a program that has something under way, which ends when `answer` does. */
export const exampleWork = (
  work: Pick<Work, "command" | "payload"> & { progress?: unknown },
  answer: () => unknown,
): Pick<Handlers, "works.list" | "works.join"> => ({
  "works.list": () => ({ works: [{ id: "1", progress: null, ...work }] }),
  "works.join": answer,
});
