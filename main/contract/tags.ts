/** What the page and the command line see of tags. */
import type { RunSummary } from "./runs.ts";

export interface TagCount {
  tag: string;
  /** Runs that have it, those in the bin left out. */
  runs: number;
}

/** A run as it is now, and how its tags were changed. */
export interface TagChange {
  run: RunSummary;
  added: string[];
  removed: string[];
}
