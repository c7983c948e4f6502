/** What is announced without being asked for. Events tell what happened; they command nothing. */
import type { SearchProgress } from "./explore.ts";
import type { DownloadProgress } from "./system.ts";
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
  /** A data set is being downloaded. */
  "dataset.progress": DownloadProgress;
  /** A data set is being made ready; at most ten times a second. */
  "dataset.preparing": PreparationProgress;
  /** A latent vector is being searched for an image; at most ten times a second. */
  "explore.searching": SearchProgress;
}

export type EventName = keyof Events;

/** For shells that must route events by name. */
export const eventNames: readonly EventName[] = [
  "run.changed",
  "run.deleted",
  "run.progress",
  "run.sampled",
  "run.event",
  "dataset.progress",
  "dataset.preparing",
  "explore.searching",
];
