/** The key figures above the charts, as words; each is known at any time, if only as a dash. */
import type { Losses, Progress, RunSummary } from "../../main/contract/runs.ts";
import { formatCount, formatDuration, formatLoss } from "../shared/formats.ts";
import { isLive } from "../shared/status.ts";

export interface Figure {
  label: string;
  value: string;
  unit?: string;
  /** The CSS variable of the network that it belongs to. */
  color?: string;
}

export function figuresOf(
  run: RunSummary,
  progress: Progress | null,
  losses: Losses | null,
): Figure[] {
  const time = isLive(run.status)
    ? { label: "Time left", value: formatDuration(progress?.secondsLeft) }
    : { label: "Trained for", value: formatDuration(run.seconds) };
  return [
    {
      label: "Epochs done",
      value: formatCount(progress?.epoch ?? run.epoch),
      unit: `of ${formatCount(run.epochs)}`,
    },
    { label: "Step", value: formatCount(progress?.step ?? run.step) },
    {
      label: "Speed",
      value: formatCount(progress?.imagesPerSecond),
      ...(progress && { unit: "img/s" }),
    },
    time,
    { label: "Generator loss", value: formatLoss(losses?.generator), color: "--generator" },
    {
      label: "Discriminator loss",
      value: formatLoss(losses?.discriminator),
      color: "--discriminator",
    },
  ];
}

/** How much of the run is done, from 0 to 1. */
export const shareDone = (run: RunSummary, progress: Progress | null): number =>
  progress ? progress.step / Math.max(1, progress.totalSteps) : run.epoch / Math.max(1, run.epochs);
