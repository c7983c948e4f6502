/** What trains now, as the window's surroundings need it: how far, whether it stands, what has ended. */
import type { Api } from "../api/api.ts";
import type { RunStatus, RunSummary } from "../contract/runs.ts";

const live: readonly RunStatus[] = ["starting", "running", "paused"];

export interface TrainingRun {
  run: RunSummary;
  /** From 0 to 1. */
  share: number;
}

export interface TrainingWatch {
  /** Runs with a session, oldest first. */
  runs: () => readonly TrainingRun[];
  /** Called after each change; a run that has just ended comes along. */
  onChange: (listener: (ended: RunSummary | null) => void) => void;
  stop: () => void;
}

export function watchTraining(api: Pick<Api, "subscribe">): TrainingWatch {
  const runs = new Map<string, TrainingRun>();
  const listeners: ((ended: RunSummary | null) => void)[] = [];
  const tell = (ended: RunSummary | null) => {
    for (const listener of listeners) listener(ended);
  };
  const stops = [
    api.subscribe("run.changed", (run) => {
      const known = runs.get(run.id);
      if (live.includes(run.status)) {
        const share = known?.share ?? run.epoch / Math.max(1, run.epochs);
        runs.set(run.id, { run, share });
        tell(null);
      } else if (known) {
        runs.delete(run.id);
        tell(run);
      }
    }),
    api.subscribe("run.progress", ({ id, step, totalSteps }) => {
      const known = runs.get(id);
      if (!known) return;
      runs.set(id, { ...known, share: Math.min(1, step / Math.max(1, totalSteps)) });
      tell(null);
    }),
  ];
  return {
    runs: () => [...runs.values()],
    onChange: (listener) => listeners.push(listener),
    stop() {
      for (const stop of stops) stop();
    },
  };
}
