/** What is announced without being asked for. Events tell what happened; they command nothing. */
import type { Finding } from "../spec/doctor/finding.ts";
import type { BundleProgress } from "./bundles.ts";
import type { RunEvaluation, RunEvaluationProgress } from "./evaluations.ts";
import type { SearchProgress } from "./explore.ts";
import type { ExportProgress } from "./exports.ts";
import type { DownloadProgress } from "./system.ts";
import type { GroupSummary, ReproductionProgress } from "./family.ts";
import type { Progress, RunEvent, RunSummary, Sample } from "./runs.ts";

/** How far a data set is that is being added. */
export interface PreparationProgress {
  /** What was given to `datasets.add`; `datasets.cancelAdd` takes it. */
  source: string;
  /** Unpacking an archive (bytes), preparing pictures (files), reading lines (bytes). */
  stage: "unpacking" | "pictures" | "lines";
  done: number;
  total: number;
  /** Of this stage; null while nobody can tell. */
  secondsLeft: number | null;
}

export interface Events {
  /** A run was created or its stored state changed. */
  "run.changed": RunSummary;
  /** A run was moved to the bin. */
  "run.deleted": { id: string };
  "run.progress": Progress;
  /** A grid was stored. */
  "run.sampled": { id: string; sample: Sample };
  "run.event": { id: string; event: RunEvent };
  /** What the Doctor says about a run that is being trained is other than before. */
  "run.findings": { id: string; findings: Finding[] };
  /** A run is being trained again. */
  "run.reproducing": ReproductionProgress;
  /** A group was started, one of its runs began or ended, or it was cancelled. */
  "group.changed": GroupSummary;
  /** A data set is being downloaded. */
  "dataset.progress": DownloadProgress;
  /** A data set is being made ready; at most ten times a second. */
  "dataset.preparing": PreparationProgress;
  /** A latent vector is being searched for an image; at most ten times a second. */
  "explore.searching": SearchProgress;
  /** A run is being evaluated; at most ten times a second. */
  "run.evaluating": RunEvaluationProgress;
  /** One of its checkpoints is done, and stored. */
  "run.evaluated": RunEvaluation;
  /** A network is being exported: each format at its start, and when it is checked. */
  "export.progress": ExportProgress;
  /** A bundle is being written or imported; at most ten times a second. */
  "bundle.progress": BundleProgress;
}

export type EventName = keyof Events;

/** For shells that must route events by name. */
export const eventNames: readonly EventName[] = [
  "run.changed",
  "run.deleted",
  "run.progress",
  "run.sampled",
  "run.event",
  "run.findings",
  "run.reproducing",
  "group.changed",
  "dataset.progress",
  "dataset.preparing",
  "explore.searching",
  "run.evaluating",
  "run.evaluated",
  "export.progress",
  "bundle.progress",
];
