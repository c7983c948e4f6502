/** What the desktop around the window shows of training: its bar, its notifications, its sleep. */
import type { App, BrowserWindow, PowerSaveBlocker } from "electron";
import type { Api } from "../api/api.ts";
import type { Preferences } from "../contract/desktop.ts";
import { notifyOfEnds, type Notify } from "./notify.ts";
import { stayAwake } from "./stay-awake.ts";
import { showInTaskBar } from "./task-bar.ts";
import type { TrainingWatch } from "./training-watch.ts";

export interface Surroundings {
  app: Pick<App, "on" | "dock">;
  api: Pick<Api, "subscribe">;
  training: TrainingWatch;
  window: () => Pick<BrowserWindow, "setProgressBar" | "flashFrame"> | null;
  isLookedAt: () => boolean;
  createNotification: Notify["create"];
  powerSaveBlocker: Pick<PowerSaveBlocker, "start" | "stop">;
  platform: NodeJS.Platform;
  wanted: () => Preferences;
  /** Shows a run in the window. */
  showRun: (id: string) => void;
}

/** `adapt` is to be called when preferences have changed. */
export function surround(parts: Surroundings): { adapt: () => void } {
  const { app, api, training, window, isLookedAt, platform, wanted } = parts;
  const waiting = new Map<string, number>();
  api.subscribe("group.changed", ({ id, waiting: seeds }) => waiting.set(id, seeds.length));
  notifyOfEnds(training, {
    ...{ isLookedAt, create: parts.createNotification, show: parts.showRun },
    isWanted: () => wanted().notifyOfEnds,
    hasMore: (group) => (waiting.get(group) ?? 0) > 0,
    attract() {
      if (platform === "darwin") app.dock?.bounce("informational");
      else window()?.flashFrame(true);
    },
  });
  const lookedAt = showInTaskBar(training, { window, isLookedAt });
  app.on("browser-window-focus", () => {
    lookedAt();
    if (platform !== "darwin") window()?.flashFrame(false);
  });
  const adapt = stayAwake(training, {
    powerSaveBlocker: parts.powerSaveBlocker,
    isWanted: () => wanted().stayAwake,
  });
  return { adapt };
}
