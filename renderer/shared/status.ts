/** How a run's status is shown: its word, its tone, and whether a session is behind it. */
import type { RunStatus } from "../../main/contract/runs.ts";

export type Tone = "accent" | "good" | "warn" | "bad" | "neutral";

export const statusLook: Record<RunStatus, { label: string; tone: Tone }> = {
  starting: { label: "Starting", tone: "accent" },
  running: { label: "Training", tone: "accent" },
  paused: { label: "Paused", tone: "warn" },
  finished: { label: "Finished", tone: "good" },
  stopped: { label: "Stopped", tone: "neutral" },
  interrupted: { label: "Interrupted", tone: "warn" },
  failed: { label: "Failed", tone: "bad" },
};

export const isLive = (status: RunStatus): boolean =>
  status === "starting" || status === "running" || status === "paused";
