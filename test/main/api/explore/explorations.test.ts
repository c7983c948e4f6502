import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createExplorations, type Place } from "../../../../main/api/explore/explorations.ts";
import type { ExploreJob } from "../../../../main/training/explore-messages.ts";
import type { ToSession } from "../../../../main/training/messages.ts";
import { fakeHost, type FakeSession } from "../../../support/fake-host.ts";
import { smallSpecification } from "../../../support/small-specification.ts";

const job: ExploreJob = {
  ...{ kind: "explore", specification: smallSpecification(), engine: "wasm" },
  ...{ from: { path: "/checkpoint", sha256: "" }, cache: "/cache" },
};
const find = () => Promise.resolve(job);
const directions = { kind: "directions" } as const;
const search = { kind: "search", pixels: new Uint8Array(4), label: null, seed: 0 } as const;
const found = { directions: [], reason: "none" };
const place = (step: number, run = "run-1"): Place => ({ run, step });

const idle = 1000;
const asks = ({ received }: FakeSession) =>
  received.flatMap((message: ToSession) =>
    message.type === "explore" && message.request.kind === "ask" ? [message.request] : [],
  );
const answer = (session: FakeSession) => {
  for (const { number } of asks(session)) {
    session.say({ type: "explored", report: { kind: "answered", number, answer: found } });
  }
};
const isLeft = ({ received }: FakeSession) => received.some(({ type }) => type === "goodbye");

function open() {
  const { host, sessions } = fakeHost();
  return { explorations: createExplorations(host, idle), sessions };
}

/** Waits until what was asked has reached its session. */
const reached = async (sessions: FakeSession[], count: number) => {
  await vi.waitFor(() => {
    expect(sessions.flatMap(asks)).toHaveLength(count);
  }, 15_000);
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("explorations", () => {
  it("load a checkpoint once for many questions, also for those asked at the same time", async () => {
    const { explorations, sessions } = open();
    const finding = vi.fn(find);
    const both = [1, 2].map(() => explorations.ask(place(4), finding, directions));
    await reached(sessions, 2);
    answer(sessions[0]!);
    expect(await Promise.all(both)).toEqual([found, found]);
    const third = explorations.ask(place(4), finding, directions);
    await reached(sessions, 3);
    answer(sessions[0]!);
    await third;
    expect(finding).toHaveBeenCalledTimes(1);
    expect(sessions).toHaveLength(1);
    expect(sessions[0]!.received[0]).toEqual({ type: "start", job });
  });

  it("answer about as many checkpoints as are asked about at the same time", async () => {
    const { explorations, sessions } = open();
    const asked = [1, 2, 3, 4].map((step) => explorations.ask(place(step), find, directions));
    await reached(sessions, 4);
    expect(sessions.filter(isLeft)).toEqual([]);
    for (const session of sessions) answer(session);
    expect(await Promise.all(asked)).toEqual([found, found, found, found]);
  });

  it("say why a question was refused, and go on", async () => {
    const { explorations, sessions } = open();
    const asked = explorations.ask(place(4), find, directions);
    await reached(sessions, 1);
    const [{ number } = { number: 0 }] = asks(sessions[0]!);
    const problem = { code: "data.missing", message: "The data set is gone." } as const;
    sessions[0]!.say({ type: "explored", report: { kind: "refused", number, problem } });
    await expect(asked).rejects.toMatchObject(problem);
    expect(isLeft(sessions[0]!)).toBe(false);
  });

  it("reject what was asked of a process that dies, and start the next one anew", async () => {
    const { explorations, sessions } = open();
    const asked = explorations.ask(place(4), find, directions);
    await reached(sessions, 1);
    sessions[0]!.exit({ code: null, signal: "SIGKILL" });
    await expect(asked).rejects.toMatchObject({
      code: "session.crashed",
      message: expect.stringMatching(/ran out of memory\. Ask again/) as string,
    });
    const again = explorations.ask(place(4), find, directions);
    await reached(sessions, 2);
    answer(sessions[1]!);
    expect(await again).toEqual(found);
  });

  it("reject all when the checkpoint cannot be loaded", async () => {
    const { explorations, sessions } = open();
    const asked = explorations.ask(place(4), find, directions);
    await reached(sessions, 1);
    const problem = { code: "checkpoint.damaged", message: "It is damaged." } as const;
    sessions[0]!.say({ type: "problem", problem });
    await expect(asked).rejects.toMatchObject(problem);
    expect(isLeft(sessions[0]!)).toBe(true);
  });

  it("tell a checkpoint that is not found each time it is asked for", async () => {
    const { explorations, sessions } = open();
    const missing = () => Promise.reject(new Error("gone"));
    await expect(explorations.ask(place(4), missing, directions)).rejects.toThrow("gone");
    await expect(explorations.ask(place(4), missing, directions)).rejects.toThrow("gone");
    expect(sessions).toEqual([]);
  });

  it("end a process that nobody asks, but not one that is still answering", async () => {
    const { explorations, sessions } = open();
    const first = explorations.ask(place(4), find, directions);
    await reached(sessions, 1);
    vi.advanceTimersByTime(idle * 3);
    expect(isLeft(sessions[0]!)).toBe(false);
    answer(sessions[0]!);
    await first;
    vi.advanceTimersByTime(idle - 1);
    expect(isLeft(sessions[0]!)).toBe(false);
    vi.advanceTimersByTime(1);
    expect(isLeft(sessions[0]!)).toBe(true);
  });

  it("keep two processes and end the one that was not asked for longest", async () => {
    const { explorations, sessions } = open();
    for (const step of [1, 2, 3]) {
      const asked = explorations.ask(place(step), find, directions);
      await reached(sessions, step);
      answer(sessions.at(-1)!);
      await asked;
    }
    expect(sessions.map(isLeft)).toEqual([true, false, false]);
  });

  it("call off the searches of a run, and no other questions", async () => {
    const { explorations, sessions } = open();
    expect(explorations.callOff("run-1")).toBe(false);
    const progress: number[] = [];
    const searched = explorations.ask(place(4), find, search, ({ done }) => progress.push(done));
    const other = explorations.ask(place(4), find, directions);
    await reached(sessions, 2);
    const number = asks(sessions[0]!).find(({ question }) => question.kind === "search")!.number;
    const report = { kind: "searching", number, done: 3, total: 9, distance: 5 } as const;
    sessions[0]!.say({ type: "explored", report });
    expect(progress).toEqual([3]);
    expect(explorations.callOff("another-run")).toBe(false);
    expect(explorations.callOff("run-1")).toBe(true);
    expect(sessions[0]!.received.at(-1)).toEqual({
      type: "explore",
      request: { kind: "callOff", number },
    });
    answer(sessions[0]!);
    await Promise.all([searched, other]);
  });

  it("close the processes of one run", async () => {
    const { explorations, sessions } = open();
    for (const run of ["run-1", "run-2"]) {
      const asked = explorations.ask(place(4, run), find, directions);
      await vi.waitFor(() => {
        expect(sessions.at(-1) && asks(sessions.at(-1)!)).toHaveLength(1);
        expect(sessions).toHaveLength(run === "run-1" ? 1 : 2);
      }, 15_000);
      answer(sessions.at(-1)!);
      await asked;
    }
    expect(explorations.close("run-1")).toBe(true);
    expect(explorations.close("run-1")).toBe(false);
    expect(sessions.map(isLeft)).toEqual([true, false]);
  });

  it("start nothing after their end, and reject what was asked", async () => {
    const { explorations, sessions } = open();
    const asked = explorations.ask(place(4), find, directions);
    await reached(sessions, 1);
    explorations.end();
    await expect(asked).rejects.toMatchObject({ code: "session.crashed" });
    const late: Promise<unknown> = explorations.ask(place(5), find, directions);
    await expect(late).rejects.toMatchObject({ code: "run.state" });
    expect(sessions).toHaveLength(1);
  });
});
