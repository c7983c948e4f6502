/**
 * What a session's process and its owner tell each other: structured clones, a few a second however
 * fast the steps are. A session does one job and ends.
 */
import type { Backend, EngineChoice } from "../engine/backend/backend.ts";
import type { Compilation } from "../engine/create-trainer.ts";
import type { StepScalar } from "../engine/step.ts";
import type { Origin, UpdatesChange } from "../spec/course.ts";
import type { Checkup } from "../spec/doctor/checkup.ts";
import type { NewRates, RateChange } from "../spec/learning-rates.ts";
import type { ProblemReport } from "../spec/problem.ts";
import type { Specification } from "../spec/specification.ts";
import type { EvaluateJob, EvaluateReport } from "./evaluate-messages.ts";
import type { ExploreJob, ExploreReport, ExploreRequest } from "./explore-messages.ts";
import type { Adopted, AdoptJob, Exported, ExportJob, ExportStage } from "./export-messages.ts";

/** A checkpoint on disk and what its bytes must add up to. */
export interface CheckpointFile {
  path: string;
  sha256: string;
}

/** Train from the start, or go on from a checkpoint, to the end that the specification sets. */
export interface TrainJob {
  kind: "train";
  specification: Specification;
  engine: EngineChoice;
  /** Never compile the step. */
  eager: boolean;
  /** The run's folder; checkpoints and samples are written below it. */
  folder: string;
  /** Where prepared pictures are kept between runs. */
  cache: string;
  from: CheckpointFile | null;
  /** Learning rates that were changed in earlier sittings, in order of their steps. */
  rateChanges?: readonly RateChange[];
  /** The same of discriminator updates a step. */
  updatesChanges?: readonly UpdatesChange[];
  /**
   * Of a fork, where it leaves its parent. A session that goes on from just there takes the learning
   * rates, the data and the optimizers of `specification` instead of the checkpoint's.
   */
  origin?: Origin | null;
  /** Ends after so many steps, if the specification does not end it before. */
  until?: number | null;
}

/** New images from a checkpoint. */
export interface GenerateJob {
  kind: "generate";
  specification: Specification;
  engine: EngineChoice;
  from: CheckpointFile;
  /** Images of the seed to leave out before; those after are the same as without it. 0 when not given. */
  first?: number;
  count: number;
  seed: number;
  /** The class to draw; null for each in turn, or where there are none. */
  label: number | null;
  /** Values of the noise that are larger are drawn again; null for none. */
  truncation: number | null;
}

/** Time bare steps on random images. */
export interface BenchJob {
  kind: "bench";
  specification: Specification;
  engine: EngineChoice;
  steps: number;
  warmup: number;
}

/**
 * Look whether checkpoints fit their specification, and draw the fixed samples of one of them again.
 */
export interface VerifyJob {
  kind: "verify";
  specification: Specification;
  engine: EngineChoice;
  eager: boolean;
  /** In order; each must be of its step. */
  checkpoints: readonly (CheckpointFile & { step: number; bytes: number })[];
  /** The sheet that was drawn at the step of one of the checkpoints; null to draw none. */
  sheet: { path: string; step: number } | null;
}

/** Say which engine this machine offers. */
interface DescribeJob {
  kind: "describe";
  engine: EngineChoice;
}

export type Job =
  | TrainJob
  | GenerateJob
  | BenchJob
  | VerifyJob
  | DescribeJob
  | ExploreJob
  | EvaluateJob
  | ExportJob
  | AdoptJob;

export type ToSession =
  | { type: "start"; job: Job }
  | { type: "pause" }
  | { type: "continue" }
  | { type: "save" }
  | { type: "stop" }
  /** Of an exploring session. */
  | { type: "explore"; request: ExploreRequest }
  /** One more step while it is paused. */
  | { type: "step" }
  /** From the next step on. */
  | { type: "rates"; rates: NewRates }
  /** From the next epoch on. */
  | { type: "updates"; discriminatorSteps: number }
  /** All has arrived; the process may end. */
  | { type: "goodbye" };

type Measured = StepScalar | "learningRateGenerator" | "learningRateDiscriminator";

/** One measured step. */
export interface Measurement {
  step: number;
  values: Record<Measured, number>;
  /** What a closer look after this step found, where there was one. */
  checkup?: Checkup;
}

export interface SampleFile {
  step: number;
  epoch: number;
  closesEpoch: boolean;
  count: number;
  columns: number;
  /** Path below the run's folder, with forward slashes. */
  file: string;
  bytes: number;
  sha256: string;
}

export interface CheckpointRecord {
  step: number;
  epoch: number;
  file: string;
  bytes: number;
  sha256: string;
}

/** Work that is durable on disk and is to be stored as one. */
export interface Commit {
  step: number;
  /** Whole epochs done. */
  epoch: number;
  /** Seconds spent training since the job began. */
  seconds: number;
  measurements: Measurement[];
  samples: SampleFile[];
  checkpoint: CheckpointRecord | null;
}

interface SessionProgress {
  step: number;
  epoch: number;
  stepsPerEpoch: number;
  totalSteps: number;
  millisecondsPerStep: number;
  imagesPerSecond: number;
  secondsLeft: number;
  measurements: Measurement[];
}

interface GeneratedImages {
  count: number;
  height: number;
  width: number;
  channels: number;
  pixels: Uint8Array;
}

interface BenchMeasurement {
  engine: Backend;
  modes: {
    mode: "eager" | "compiled";
    msPerStep: number;
    imagesPerSecond: number;
    /** Milliseconds to compile the step; of the compiled mode alone. */
    compileMs?: number;
  }[];
  /** Why there is no compiled mode, as a sentence; null where there is one. */
  note: string | null;
}

export type FromSession =
  /** `library`: TensorFlow's, as it was loaded; null where the system does not tell. */
  | { type: "described"; engine: Backend; library: string | null }
  | { type: "ready"; engine: Backend; compilation: Compilation }
  | { type: "progress"; progress: SessionProgress }
  | { type: "commit"; commit: Commit }
  | { type: "paused"; step: number }
  | { type: "continued"; step: number }
  /** What was to be written found no room; it is tried again at `continue`. */
  | { type: "blocked"; step: number; problem: ProblemReport }
  /** The step that was asked for by `step` is done. */
  | { type: "stepped"; measurement: Measurement }
  /** What was asked for by `rates` holds from a step on. */
  | { type: "rates"; change: RateChange }
  | { type: "updates"; change: UpdatesChange }
  /** What was asked for by `save` is stored, or was so already; a state that is not finite is not kept. */
  | { type: "saved"; step: number; isKept: boolean }
  /** The next step is of another kind, and is made first: that may take long. */
  | { type: "tracing" }
  | { type: "traced"; compilation: Compilation }
  /** The job is done; `outcome` of training only. */
  | { type: "ended"; outcome: "finished" | "stopped" }
  | { type: "generated"; images: GeneratedImages }
  | { type: "benched"; result: BenchMeasurement }
  /** Bytes of checkpoints that were read. */
  | { type: "verifying"; bytes: number }
  /** `difference`: in grey levels, the largest of the sheet; null where none was drawn. */
  | { type: "verified"; difference: number | null }
  | { type: "explored"; report: ExploreReport }
  | { type: "exporting"; stage: ExportStage }
  | { type: "exported"; exported: Exported }
  | { type: "adopted"; adopted: Adopted }
  | EvaluateReport
  | { type: "problem"; problem: ProblemReport };
