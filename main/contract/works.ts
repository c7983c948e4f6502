/**
 * Works that last: what the program is doing for someone at the moment. A page that was loaded anew, or
 * another one, finds them here and waits for their answer as if it had asked itself.
 */
import type { EventName } from "./events.ts";

/** Each with the event that tells how far it is. */
export const lastingCommands = {
  "datasets.add": "dataset.preparing",
  "datasets.download": "dataset.progress",
  "runs.evaluate": "run.evaluating",
  "runs.reproduce": "run.reproducing",
  "runs.import": "bundle.progress",
  "exports.write": "export.progress",
  "exports.archive": "export.progress",
  "exports.import": null,
  "explore.search": "explore.searching",
  "system.bench": null,
} as const satisfies Readonly<Record<string, EventName | null>>;

export type LastingCommand = keyof typeof lastingCommands;

export interface Work {
  /** What it is joined by. */
  id: string;
  command: LastingCommand;
  /** What was asked for, as it came. */
  payload: unknown;
  /** Detail of the last event that told of it; null before the first. */
  progress: unknown;
}
