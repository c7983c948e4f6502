/** What the page and the command line see of a run. */
import type { ProblemCode } from "../spec/problem.ts";
import type { Specification } from "../spec/specification.ts";

/**
 * `starting`, `running` and `paused` have a live session; the others have ended: `finished` reached its last
 * epoch or step, `stopped` was asked to, `interrupted` lost its program, `failed` tells its reason.
 */
export const runStatuses = [
  "starting",
  "running",
  "paused",
  "finished",
  "stopped",
  "interrupted",
  "failed",
] as const;

export type RunStatus = (typeof runStatuses)[number];

/** What lists of runs can be sorted by. */
export const runOrders = ["started", "name", "status", "dataset", "steps", "trained"] as const;

export type RunOrder = (typeof runOrders)[number];

export interface Losses {
  generator: number;
  discriminator: number;
}

export interface RunSummary {
  id: string;
  name: string;
  preset: string | null;
  status: RunStatus;
  /** Why it ended, as a sentence, where that needs one. */
  reason: string | null;
  /** The problem that it failed with; null for other ends, and for runs from before this was kept. */
  code: ProblemCode | null;
  /** Whole epochs and steps done and stored. */
  epoch: number;
  step: number;
  /** Epochs asked for. */
  epochs: number;
  dataset: string;
  /** «tensorflow» or «wasm», once known. */
  engine: string | null;
  /** Operation by operation, or each step compiled into one native call; once known. */
  mode: "eager" | "compiled" | null;
  losses: Losses | null;
  /** Time spent training, in seconds, over all sittings. */
  seconds: number;
  /** Step of the newest grid of samples; null before the first. */
  newestSample: number | null;
  /** The run that it was forked from, and the last step and epoch that both share; null for none. */
  parent: { run: string; step: number; epoch: number } | null;
  /** The group of seeds that it belongs to; null for none. */
  group: { id: string; name: string; runs: number } | null;
  /** Runs that were forked from it. */
  forks: number;
  /** What people have marked it with, see main/spec/tags.ts; in the order of the alphabet. */
  tags: string[];
  /** Milliseconds since 1970. */
  createdAt: number;
  updatedAt: number;
}

/** A grid of the fixed noise; `step` and `epoch` tell when it was drawn. */
export interface Sample {
  step: number;
  /** Whole epochs done when it was drawn. */
  epoch: number;
  /** True when it closes an epoch, false when it was asked for at a step. */
  closesEpoch: boolean;
  /** Images in the grid, and its columns. */
  count: number;
  columns: number;
}

interface Checkpoint {
  step: number;
  epoch: number;
  bytes: number;
  sha256: string;
}

/** Something that happened to a run: «started», «paused», «resumed», «stopped», «failed»… */
export interface RunEvent {
  at: number;
  step: number;
  kind: string;
  detail: string;
}

export interface RunDetail {
  run: RunSummary;
  specification: Specification;
  samples: Sample[];
  checkpoints: Checkpoint[];
  /** What its files take on the disk. */
  bytes: number;
  events: RunEvent[];
}

/** Names of what is measured; losses before the update that they lead to. */
export const measures = [
  "lossGenerator",
  "lossDiscriminator",
  /** Mean of D over real and over generated images: probabilities for cross-entropy, else bare. */
  "scoreReal",
  "scoreGenerated",
  "gradientNormGenerator",
  "gradientNormDiscriminator",
  "learningRateGenerator",
  "learningRateDiscriminator",
] as const;

export type Measure = (typeof measures)[number];

/** Measurements by column: `values[m][i]` was measured at `steps[i]`. May hold NaN and infinities. */
export interface Measurements {
  steps: number[];
  values: Record<Measure, number[]>;
}

/** How a live run is getting on; sent a few times a second, stored only as measurements. */
export interface Progress {
  id: string;
  step: number;
  epoch: number;
  stepsPerEpoch: number;
  /** Steps that the run will have at its end. */
  totalSteps: number;
  millisecondsPerStep: number;
  imagesPerSecond: number;
  secondsLeft: number;
  /** New since the last message. */
  measurements: Measurements;
}
