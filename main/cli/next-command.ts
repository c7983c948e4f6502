/** What to type next, with a run that is given: commands that work as they stand. */
import type { RunSummary } from "../contract/runs.ts";

type Run = Pick<RunSummary, "id" | "status" | "epochs">;

/** Epochs that a run which has done all of its own is offered. */
const moreEpochs = 5;

/** A run that has done all it was asked for needs to be asked for more. */
export const resumeCommand = ({ id, status, epochs }: Run, program: string): string =>
  `${program} resume ${id}${status === "finished" ? ` --epochs ${String(epochs + moreEpochs)}` : ""}`;

/** After a run that was followed to its end; empty where it did what it was to do. */
export function goOn(run: RunSummary, program: string): string {
  if (run.status === "finished") return "";
  // It would diverge again: other settings are needed.
  if (run.code === "run.diverged") return `\nWhy, and what to try: ${program} diagnose ${run.id}\n`;
  return `\nGo on with it: ${resumeCommand(run, program)}\n`;
}
