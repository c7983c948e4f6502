/**
 * How far training is, in the task bar or dock: the mean of the runs that train. A run that failed
 * while nobody looked leaves an error there until the window is looked at.
 */
import type { BrowserWindow, ProgressBarOptions } from "electron";
import type { RunSummary } from "../contract/runs.ts";
import type { TrainingRun, TrainingWatch } from "./training-watch.ts";

export interface Bar {
  /** From 0 to 1; −1 takes the bar away. */
  share: number;
  mode: NonNullable<ProgressBarOptions["mode"]>;
}

export function barOf(runs: readonly TrainingRun[], hasFailed: boolean): Bar {
  if (runs.length === 0)
    return hasFailed ? { share: 1, mode: "error" } : { share: -1, mode: "none" };
  const share = runs.reduce((sum, run) => sum + run.share, 0) / runs.length;
  if (hasFailed) return { share, mode: "error" };
  const isPaused = runs.every(({ run }) => run.status === "paused");
  return { share, mode: isPaused ? "paused" : "normal" };
}

export interface TaskBar {
  window: () => Pick<BrowserWindow, "setProgressBar"> | null;
  isLookedAt: () => boolean;
}

/** Returns what is to be called when the window comes to the front. */
export function showInTaskBar(watch: TrainingWatch, { window, isLookedAt }: TaskBar): () => void {
  let hasFailed = false;
  let shown = "";
  const show = (ended: RunSummary | null) => {
    if (ended?.status === "failed" && !isLookedAt()) hasFailed = true;
    const { share, mode } = barOf(watch.runs(), hasFailed);
    // The system draws whole percents at best; progress is told several times a second.
    const percent = Math.round(share * 100);
    const key = `${percent.toString()} ${mode}`;
    if (key === shown) return;
    shown = key;
    window()?.setProgressBar(percent / 100, { mode });
  };
  watch.onChange(show);
  return () => {
    hasFailed = false;
    show(null);
  };
}
