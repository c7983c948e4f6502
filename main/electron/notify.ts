/**
 * Tells the end of a run to someone who does not look at the window. A run that the person stopped is
 * not told of: who stopped it knows. Of a group, the last run is told of, and each that failed.
 */
import type { NotificationConstructorOptions } from "electron";
import type { RunSummary } from "../contract/runs.ts";
import type { TrainingWatch } from "./training-watch.ts";

export interface Notice {
  title: string;
  body: string;
}

/** The words for an end, or null for one that is not told of. */
export function noticeOf(run: RunSummary): Notice | null {
  switch (run.status) {
    case "finished":
      return {
        title: `«${run.name}» is finished`,
        body: `${run.epoch.toLocaleString("en")} epochs, ${run.step.toLocaleString("en")} steps.`,
      };
    case "failed":
      return { title: `«${run.name}» failed`, body: run.reason ?? "Open it to see why." };
    case "interrupted":
      return { title: `«${run.name}» was interrupted`, body: run.reason ?? "It can be resumed." };
    case "starting":
    case "running":
    case "paused":
    case "stopped":
      return null;
  }
}

/** Of Electron's notification what is used. */
interface ShownNotification {
  show: () => void;
  once: (event: "click", listener: () => void) => unknown;
  on: (event: "close", listener: () => void) => unknown;
}

export interface Notify {
  /** Absent where the system has none. */
  create: ((options: NotificationConstructorOptions) => ShownNotification) | null;
  isWanted: () => boolean;
  isLookedAt: () => boolean;
  /** Whether more runs of the group of seeds wait for their turn. */
  hasMore: (group: string) => boolean;
  /** The task bar's button blinks, the dock's icon jumps once. */
  attract: () => void;
  /** The notification was clicked. */
  show: (run: string) => void;
}

export function notifyOfEnds(watch: TrainingWatch, parts: Notify): void {
  // One that is garbage-collected can no longer be clicked.
  const shown = new Set<ShownNotification>();
  watch.onChange((ended) => {
    const notice = ended && noticeOf(ended);
    if (!notice || parts.isLookedAt() || !parts.isWanted()) return;
    if (ended.status === "finished" && ended.group && parts.hasMore(ended.group.id)) return;
    parts.attract();
    const notification = parts.create?.(notice);
    if (!notification) return;
    shown.add(notification);
    notification.once("click", () => {
      parts.show(ended.id);
    });
    notification.on("close", () => shown.delete(notification));
    notification.show();
  });
}
