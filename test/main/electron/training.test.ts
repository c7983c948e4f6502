import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import type { GroupSummary } from "../../../main/contract/family.ts";
import type { RunStatus, RunSummary } from "../../../main/contract/runs.ts";
import { noticeOf } from "../../../main/electron/notify.ts";
import { surround } from "../../../main/electron/surroundings.ts";
import { barOf } from "../../../main/electron/task-bar.ts";
import { watchTraining } from "../../../main/electron/training-watch.ts";
import { createFakeApi, measurements, runSummary } from "../../support/fake-api.ts";

function studio(platform: NodeJS.Platform = "linux", hasNotifications = true) {
  const api = createFakeApi();
  const training = watchTraining(api);
  const seen: string[] = [];
  const state = { isLookedAt: false, wanted: { notifyOfEnds: true, stayAwake: true } };
  const notifications: (EventEmitter & { title: string })[] = [];
  const app = Object.assign(new EventEmitter(), {
    dock: { bounce: (type: string) => void seen.push(`bounce ${type}`) },
  });
  let blockers = 0;
  const around = surround({
    ...{ api, training, platform, app: app as never },
    window: () => ({
      setProgressBar: (share, options) =>
        void seen.push(`bar ${share.toFixed(2)} ${options?.mode ?? ""}`),
      flashFrame: (flag) => void seen.push(`flash ${String(flag)}`),
    }),
    isLookedAt: () => state.isLookedAt,
    createNotification: hasNotifications
      ? ({ title = "" }) => {
          const notification = Object.assign(new EventEmitter(), {
            title,
            show: () => void seen.push(`notice ${title}`),
          });
          notifications.push(notification);
          return notification;
        }
      : null,
    powerSaveBlocker: {
      start: (type) => {
        seen.push(`awake ${type}`);
        return ++blockers;
      },
      stop: (id) => {
        seen.push(`asleep ${id}`);
        return true;
      },
    },
    wanted: () => state.wanted,
    showRun: (id) => void seen.push(`show ${id}`),
  });
  const change = (id: string, status: RunStatus, more: Partial<RunSummary> = {}) => {
    api.emit("run.changed", runSummary({ id, name: id.toUpperCase(), status, ...more }));
  };
  const progress = (id: string, step: number) => {
    api.emit("run.progress", {
      ...{ id, step, epoch: 0, stepsPerEpoch: 10, totalSteps: 100 },
      ...{ millisecondsPerStep: 1, imagesPerSecond: 1, secondsLeft: 1 },
      measurements: measurements([step]),
    });
  };
  const since = () => seen.splice(0);
  return { api, app, state, around, change, progress, since, notifications };
}

describe("the bar in the task bar", () => {
  const at = (share: number, status: RunStatus = "running") => ({
    run: runSummary({ status }),
    share,
  });

  it("is the mean of the runs that train, paused where all are, gone where there are none", () => {
    expect(barOf([at(0.2), at(0.6)], false)).toEqual({ share: 0.4, mode: "normal" });
    expect(barOf([at(0.2, "paused"), at(0.6)], false)).toMatchObject({ mode: "normal" });
    expect(barOf([at(0.2, "paused")], false)).toEqual({ share: 0.2, mode: "paused" });
    expect(barOf([], false)).toEqual({ share: -1, mode: "none" });
    expect(barOf([], true)).toEqual({ share: 1, mode: "error" });
  });

  it("follows a run, and is drawn once a percent and not at each message", () => {
    const { change, progress, since } = studio();
    change("a", "starting");
    change("a", "running");
    expect(since()).toContain("bar 0.00 normal");
    for (let step = 1; step <= 20; step++) progress("a", step / 10);
    expect(since()).toEqual(["bar 0.01 normal", "bar 0.02 normal"]);
    progress("unknown", 50);
    expect(since()).toEqual([]);
    change("a", "stopped");
    expect(since()).toContain("bar -1.00 none");
  });

  it("begins where a resumed run was", () => {
    const { change, since } = studio();
    change("a", "starting", { epoch: 2, epochs: 4 });
    expect(since()).toContain("bar 0.50 normal");
  });

  it("keeps a failure that nobody saw until the window is looked at", () => {
    const { app, change, since } = studio();
    change("a", "running");
    since();
    change("a", "failed");
    expect(since()).toContain("bar 1.00 error");
    app.emit("browser-window-focus");
    expect(since()).toContain("bar -1.00 none");
  });
});

describe("sleep", () => {
  it("is kept away while something trains, not while all is paused", () => {
    const { change, since } = studio();
    change("a", "running");
    expect(since()).toContain("awake prevent-app-suspension");
    change("b", "running");
    change("a", "paused");
    expect(since().join()).not.toMatch(/awake|asleep/);
    change("b", "finished");
    expect(since()).toContain("asleep 1");
    change("a", "running");
    expect(since()).toContain("awake prevent-app-suspension");
  });

  it("comes as the person wants it, at once when that is changed", () => {
    const { around, change, since, state } = studio();
    state.wanted.stayAwake = false;
    change("a", "running");
    expect(since().join()).not.toContain("awake");
    state.wanted.stayAwake = true;
    around.adapt();
    expect(since()).toEqual(["awake prevent-app-suspension"]);
    state.wanted.stayAwake = false;
    around.adapt();
    around.adapt();
    expect(since()).toEqual(["asleep 1"]);
  });
});

describe("the end of a run", () => {
  const end = (parts: ReturnType<typeof studio>, status: RunStatus, more = {}) => {
    parts.change("a", "running", more);
    parts.since();
    parts.change("a", status, more);
    return parts.since().filter((what) => /notice|flash|bounce/.test(what));
  };

  it("is told of while the window is behind others, and a click shows the run", () => {
    const parts = studio();
    expect(end(parts, "finished")).toEqual(["flash true", "notice «A» is finished"]);
    parts.notifications[0]?.emit("click");
    expect(parts.since()).toEqual(["show a"]);
    parts.app.emit("browser-window-focus");
    expect(parts.since()).toContain("flash false");
  });

  it("lets the dock's icon jump on macOS", () => {
    expect(end(studio("darwin"), "failed")).toEqual(["bounce informational", "notice «A» failed"]);
  });

  it("attracts attention also where the system has no notifications", () => {
    expect(end(studio("linux", false), "finished")).toEqual(["flash true"]);
  });

  it("is not told of to whom looks at the window, stopped it, or wants no notifications", () => {
    const looking = studio();
    looking.state.isLookedAt = true;
    expect(end(looking, "finished")).toEqual([]);
    expect(end(studio(), "stopped")).toEqual([]);
    const unwanted = studio();
    unwanted.state.wanted.notifyOfEnds = false;
    expect(end(unwanted, "finished")).toEqual([]);
  });

  it("is told of once, and not of runs that were not seen training", () => {
    const parts = studio();
    parts.change("old", "finished");
    expect(parts.since().join()).not.toContain("notice");
    end(parts, "finished");
    parts.change("a", "finished", { name: "renamed" });
    expect(parts.since().join()).not.toContain("notice");
  });

  it("is told of at the last of a group of seeds, and of each that failed", () => {
    const parts = studio();
    const group = { id: "group-1", name: "Seeds", runs: 2 };
    const waiting = (...seeds: number[]) => {
      parts.api.emit("group.changed", { id: "group-1", waiting: seeds } as GroupSummary);
    };
    waiting(2);
    expect(end(parts, "finished", { group })).toEqual([]);
    expect(end(parts, "failed", { group })).toContain("notice «A» failed");
    waiting();
    expect(end(parts, "finished", { group })).toContain("notice «A» is finished");
  });

  it("has words of its own for each end, with the reason", () => {
    const reason = "The disk is full.";
    expect(noticeOf(runSummary({ status: "failed", reason }))?.body).toBe(reason);
    expect(noticeOf(runSummary({ status: "finished", epoch: 3, step: 1200 }))?.body).toBe(
      "3 epochs, 1,200 steps.",
    );
    expect(noticeOf(runSummary({ status: "interrupted" }))?.title).toMatch(/was interrupted$/);
    for (const status of ["starting", "running", "paused", "stopped"] as const)
      expect(noticeOf(runSummary({ status }))).toBeNull();
  });
});
