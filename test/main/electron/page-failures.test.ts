import { EventEmitter } from "node:events";
import type { MessageBoxOptions } from "electron";
import { describe, expect, it } from "vitest";
import { reviveAfterFailures } from "../../../main/electron/page-failures.ts";

function shown() {
  const state = { reloads: 0, crashes: 0, destroyed: false };
  const webContents = Object.assign(new EventEmitter(), {
    reload: () => {
      state.reloads++;
    },
    forcefullyCrashRenderer: () => {
      state.crashes++;
      webContents.emit("render-process-gone", {}, { reason: "killed" });
    },
  });
  const window = Object.assign(new EventEmitter(), {
    webContents,
    isDestroyed: () => state.destroyed,
  });
  const questions: { options: MessageBoxOptions; answer: (button: number) => void }[] = [];
  reviveAfterFailures({
    window: window as never,
    now: () => 0,
    ask: (options) => {
      const { promise, resolve } = Promise.withResolvers<number>();
      // A dialog that is ended by its signal is answered as if it had been cancelled.
      options.signal?.addEventListener("abort", () => {
        resolve(options.cancelId ?? 0);
      });
      questions.push({ options, answer: resolve });
      return promise;
    },
  });
  const gone = (reason: string) => webContents.emit("render-process-gone", {}, { reason });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { window, state, questions, gone, settled };
}

describe("a page that crashed", () => {
  it.each(["crashed", "oom", "killed", "launch-failed", "integrity-failure", "abnormal-exit"])(
    "is loaded again after «%s»",
    (reason) => {
      const { gone, state } = shown();
      gone(reason);
      expect(state.reloads).toBe(1);
    },
  );

  it("is left alone where it ended in order", () => {
    const { gone, state } = shown();
    gone("clean-exit");
    expect(state.reloads).toBe(0);
  });

  it("is loaded three times by itself, and then as the person wants", async () => {
    const { gone, state, questions, settled } = shown();
    for (let crashes = 0; crashes < 4; crashes++) gone("crashed");
    expect([state.reloads, questions.length]).toEqual([3, 1]);
    expect(questions[0]?.options.detail).toContain("Training goes on");
    questions[0]?.answer(0);
    await settled();
    expect(state.reloads).toBe(4);
    gone("crashed");
    questions[1]?.answer(1);
    await settled();
    expect(state.reloads).toBe(4);
  });
});

describe("a page that does not answer", () => {
  it("is ended and loaded again where the person wants that", async () => {
    const { window, state, questions, settled } = shown();
    window.emit("unresponsive");
    window.emit("unresponsive");
    expect(questions).toHaveLength(1);
    questions[0]?.answer(0);
    await settled();
    expect(state).toMatchObject({ crashes: 1, reloads: 1 });
  });

  it("is waited for, and asked about anew the next time", async () => {
    const { window, state, questions, settled } = shown();
    window.emit("unresponsive");
    questions[0]?.answer(1);
    await settled();
    expect(state).toMatchObject({ crashes: 0, reloads: 0 });
    window.emit("unresponsive");
    expect(questions).toHaveLength(2);
  });

  it("takes the question away when it answers again", async () => {
    const { window, state, questions, settled } = shown();
    window.emit("unresponsive");
    window.emit("responsive");
    await settled();
    expect(state.crashes).toBe(0);
    window.emit("unresponsive");
    expect(questions).toHaveLength(2);
  });

  it("is not touched where its window was closed meanwhile", async () => {
    const { window, state, questions, settled } = shown();
    window.emit("unresponsive");
    state.destroyed = true;
    questions[0]?.answer(0);
    await settled();
    expect(state).toMatchObject({ crashes: 0, reloads: 0 });
  });
});
