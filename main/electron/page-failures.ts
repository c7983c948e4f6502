/**
 * A page that crashed or does not answer is loaded again. Nothing is lost by that: training runs in
 * processes of its own, and the page asks for its state anew.
 */
import type { BrowserWindow, MessageBoxOptions, RenderProcessGoneDetails } from "electron";
import { createReloads } from "./reloads.ts";

export interface FailureParts {
  window: Pick<BrowserWindow, "on" | "isDestroyed"> & {
    webContents: Pick<BrowserWindow["webContents"], "on" | "reload" | "forcefullyCrashRenderer">;
  };
  /** Shows a question; resolves with the button's number. */
  ask: (question: MessageBoxOptions) => Promise<number>;
  /** Milliseconds of a clock that does not run backwards. */
  now: () => number;
}

const crashedOften: MessageBoxOptions = {
  ...{ type: "warning", title: "GAN Studio", noLink: true },
  message: "The window's page crashed several times.",
  detail: "Training goes on without it, and nothing is lost.",
  buttons: ["Load again", "Leave it"],
  ...{ defaultId: 0, cancelId: 1 },
};

const silent: MessageBoxOptions = {
  ...{ type: "warning", title: "GAN Studio", noLink: true },
  message: "The window does not answer.",
  detail: "Training goes on meanwhile. Loading the page again loses nothing that is saved.",
  buttons: ["Load again", "Wait"],
  ...{ defaultId: 0, cancelId: 1 },
};

export function reviveAfterFailures({ window, ask, now }: FailureParts): void {
  const { webContents } = window;
  const reloads = createReloads();
  const reload = () => {
    if (!window.isDestroyed()) webContents.reload();
  };
  webContents.on("render-process-gone", (_event, { reason }: RenderProcessGoneDetails) => {
    if (reason === "clean-exit") return;
    if (reloads.allows(now())) reload();
    else
      void ask(crashedOften).then((button) => {
        if (button === 0) reload();
      }, ignore);
  });

  let question: AbortController | null = null;
  window.on("unresponsive", () => {
    if (question) return;
    const controller = new AbortController();
    question = controller;
    ask({ ...silent, signal: controller.signal })
      .then((button) => {
        // It may have come back while the question stood there, which ends the question by «Wait».
        if (button !== 0 || controller.signal.aborted || window.isDestroyed()) return;
        // A page in an endless loop does not reload; its end is told as a crash, which does.
        webContents.forcefullyCrashRenderer();
      }, ignore)
      .finally(() => (question = null));
  });
  window.on("responsive", () => question?.abort());
}

/** A question that cannot be shown leaves things as they are. */
const ignore = () => undefined;
