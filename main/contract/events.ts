/** What is announced without being asked for. Events tell what happened; they command nothing. */
import type { DownloadProgress } from "./system.ts";
import type { Progress, RunEvent, RunSummary, Sample } from "./runs.ts";

export interface Events {
  /** A run was created or its stored state changed. */
  "run.changed": RunSummary;
  "run.progress": Progress;
  /** A grid was stored. */
  "run.sampled": { id: string; sample: Sample };
  "run.event": { id: string; event: RunEvent };
  /** A data set is being downloaded. */
  "dataset.progress": DownloadProgress;
}

export type EventName = keyof Events;

/** For shells that must route events by name. */
export const eventNames: readonly EventName[] = [
  "run.changed",
  "run.progress",
  "run.sampled",
  "run.event",
  "dataset.progress",
];
