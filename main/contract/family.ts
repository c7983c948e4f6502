/** What the page and the command line see of reproductions and of groups of seeds. */
import type { Measure, RunSummary } from "./runs.ts";

export interface ReproductionProgress {
  id: string;
  step: number;
  /** Steps to do, those before a fork's own included. */
  totalSteps: number;
}

/** Where a run that is trained again first gives another number. */
export interface FirstDifference {
  step: number;
  /** A measure's name, or «checkpoint» where the weights differ and no measurement did. */
  measure: Measure | "checkpoint";
  /** Null for a checkpoint. */
  then: number | null;
  now: number | null;
}

export interface Reproduction {
  id: string;
  outcome: "equal" | "different" | "cancelled";
  /** Steps before the first that was trained again: 0, but for a fork. */
  from: number;
  /** The last step that was trained again. */
  step: number;
  /** Steps whose measurements, and checkpoints whose weights, were compared. */
  measured: number;
  checkpoints: number;
  difference: FirstDifference | null;
  /** Why the same numbers cannot be expected, as sentences; empty where they can. */
  caveats: string[];
}

export interface GroupSummary {
  id: string;
  name: string;
  /** In the order in which they are trained. */
  seeds: number[];
  /** Seeds that wait for their turn. */
  waiting: number[];
  /** Why it went no further, as a sentence; null while it goes on and when all seeds were trained. */
  ending: string | null;
  /** In the order in which they were started, those in the bin left out. */
  runs: RunSummary[];
  /** Milliseconds since 1970. */
  createdAt: number;
}

/** Over runs: the standard deviation is that of a sample (n − 1), NaN for one run. */
export interface Spread {
  mean: number;
  deviation: number;
  runs: number;
}

export interface GroupEpoch {
  epoch: number;
  /** Of each run's mean over the epoch. */
  spreads: Record<Measure, Spread>;
}

export interface GroupDetail {
  group: GroupSummary;
  epochs: GroupEpoch[];
}

/** By column, as `Measurements`. */
export interface GroupMeasurements {
  steps: number[];
  /** How many runs had measured each step. */
  runs: number[];
  mean: Record<Measure, number[]>;
  deviation: Record<Measure, number[]>;
}
