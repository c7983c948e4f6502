import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RunStatus } from "../../../main/contract/runs.ts";
import { closeBeforeQuit, quitQuestion } from "../../../main/electron/quit.ts";
import { runSummary } from "../../support/fake-api.ts";

describe("quitting", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function quitting(
    close: (patience: number) => Promise<void>,
    mayQuit: () => Promise<boolean> = () => Promise.resolve(true),
    mayLeave: () => Promise<boolean> = () => Promise.resolve(false),
  ) {
    const app = Object.assign(new EventEmitter(), { quits: 0, quit: () => app.quits++ });
    const quit = closeBeforeQuit({ app: app as never, close, mayQuit, mayLeave });
    const ask = () => {
      const event = { prevented: false, preventDefault: () => void (event.prevented = true) };
      app.emit("before-quit", event);
      return event.prevented;
    };
    return { app, ask, quit };
  }
  const counted = () => {
    const closes = { count: 0 };
    const close = () => {
      closes.count++;
      return Promise.resolve();
    };
    return { closes, close };
  };
  const passing = () => vi.advanceTimersByTimeAsync(0);

  it("waits until the runs are saved, and closes once however often it is asked", async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    let closes = 0;
    const { app, ask, quit } = quitting(() => {
      closes++;
      return promise;
    });
    expect(ask()).toBe(true);
    expect(ask()).toBe(true);
    await passing();
    expect([closes, app.quits, quit.isOver()]).toEqual([1, 0, false]);
    resolve(undefined);
    await passing();
    expect([app.quits, quit.isOver()]).toEqual([1, true]);
    expect(ask()).toBe(false);
  });

  it("does not wait for ever, and not long where the system ends", async () => {
    const given: number[] = [];
    const never = (patience: number) => {
      given.push(patience);
      return new Promise<void>(() => undefined);
    };
    const asked = quitting(never);
    asked.ask();
    await vi.advanceTimersByTimeAsync(301_999);
    expect(asked.app.quits).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked.app.quits).toBe(1);
    const urgent = quitting(never);
    urgent.quit.atOnce();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(urgent.app.quits).toBe(1);
    expect(given).toEqual([300_000, 8_000]);
  });

  it("leaves without saving only where a person who quits again says so", async () => {
    const answers = [false, true];
    const { app, ask } = quitting(
      () => new Promise(() => undefined),
      undefined,
      () => Promise.resolve(answers.shift() ?? false),
    );
    ask();
    await passing();
    expect([ask(), ask()]).toEqual([true, true]);
    await passing();
    expect([answers.length, app.quits]).toEqual([1, 0]);
    ask();
    await passing();
    expect(app.quits).toBe(1);
  });

  it("ends soon where the system ends while runs are saved", async () => {
    const { app, ask, quit } = quitting(() => new Promise(() => undefined));
    ask();
    await passing();
    quit.atOnce();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(app.quits).toBe(1);
  });

  it("ends although closing fails", async () => {
    const silence = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { app, ask } = quitting(() => Promise.reject(new Error("disk")));
    ask();
    await passing();
    expect(app.quits).toBe(1);
    expect(silence).toHaveBeenCalled();
    silence.mockRestore();
  });

  it("asks once, saves nothing when that is cancelled, and asks again the next time", async () => {
    let questions = 0;
    const { closes, close } = counted();
    const answers = [Promise.withResolvers<boolean>(), Promise.withResolvers<boolean>()];
    const { app, ask } = quitting(
      close,
      () => answers[questions++]?.promise ?? Promise.resolve(false),
    );
    expect([ask(), ask()]).toEqual([true, true]);
    expect(questions).toBe(1);
    answers[0]?.resolve(false);
    await passing();
    expect([closes.count, app.quits]).toEqual([0, 0]);
    expect(ask()).toBe(true);
    answers[1]?.resolve(true);
    await passing();
    expect([questions, closes.count, app.quits]).toEqual([2, 1, 1]);
  });

  it("ends, saving, where the question cannot be shown", async () => {
    const { closes, close } = counted();
    const { app, ask } = quitting(close, () => Promise.reject(new Error("no display")));
    ask();
    await passing();
    expect([closes.count, app.quits]).toEqual([1, 1]);
  });

  it("asks nothing when the system ends, also where a question stands", async () => {
    const { closes, close } = counted();
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const { app, ask, quit } = quitting(close, () => promise);
    ask();
    quit.atOnce();
    await passing();
    resolve(false);
    await passing();
    quit.atOnce();
    expect([closes.count, app.quits]).toEqual([1, 1]);
  });
});

describe("the question before quitting", () => {
  const training = (...all: RunStatus[]) =>
    all.map((status) => ({ run: runSummary({ status, name: "Digits" }), share: 0.5 }));

  it("names the run, or counts them, and says that nothing is lost", () => {
    const question = quitQuestion(training("running"));
    expect(question?.message).toBe("«Digits» is being trained.");
    expect(question?.detail).toContain("saves");
    expect(question?.buttons).toEqual(["Save and quit", "Cancel"]);
    expect(question).toMatchObject({ defaultId: 0, cancelId: 1 });
    expect(quitQuestion(training("running", "starting", "paused"))?.message).toMatch(/^2 runs/);
  });

  it("says what is called off, also where nothing trains", () => {
    const unfinished = ["a reproduction", "2 seeds of a group, not begun yet"];
    const lost = "Quitting calls off: a reproduction; 2 seeds of a group, not begun yet.";
    expect(quitQuestion(training("running"), unfinished)?.detail).toMatch(
      new RegExp(`saves before it ends.*\\n\\n${lost}$`),
    );
    expect(quitQuestion(training("paused"), unfinished)).toMatchObject({
      ...{ message: "Not everything is finished.", detail: lost, buttons: ["Quit", "Cancel"] },
    });
  });

  it("is not asked where nothing trains and nothing is called off", () => {
    expect(quitQuestion([])).toBeNull();
    expect(quitQuestion(training("paused"))).toBeNull();
  });
});
