/** Training processes that die, and are started again. */
import { expect, describe, it, onTestFinished, vi } from "vitest";
import { createRestarts } from "../../../main/api/runs/restarts.ts";
import { openApi, type ApiOptions } from "../../../main/api/open.ts";
import { nodeSessionHost } from "../../../main/api/sessions/node-host.ts";
import { createClient } from "../../../main/contract/client.ts";
import type { RunSummary } from "../../../main/contract/runs.ts";
import { closePlayed, commitAt, fakeHost, ready } from "../../support/fake-host.ts";
import { smallSpecification } from "../../support/small-specification.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const engine = "wasm";

async function open(options: Partial<ApiOptions> = {}) {
  const { host, sessions } = fakeHost();
  const api = await openApi({ home: temporaryFolder(), sessions: host, ...options });
  onTestFinished(() => closePlayed(api, sessions));
  const client = createClient(api);
  const statuses: string[] = [];
  api.subscribe("run.changed", ({ status }) => statuses.push(status));
  const { id } = await client.runs.start({ specification: smallSpecification(), engine });
  const detail = () => client.runs.get({ id });
  return { api, client, sessions, id, detail, statuses };
}

describe("a training process that dies", () => {
  it.each([
    ["SIGSEGV", { code: null, signal: "SIGSEGV" }, /crashed in native code/],
    ["SIGABRT", { code: null, signal: "SIGABRT" }, /gave up \(abort\)/],
    ["SIGKILL", { code: null, signal: "SIGKILL" }, /was killed/],
    ["exit 0 before its end", { code: 0, signal: null }, /ended with exit code 0/],
    ["exit 134 with words", { code: 134, signal: null, lastWords: "Fatal: boom" }, /boom/],
  ])("of %s is started again, with the reason told", async (_, exit, reason) => {
    const { sessions, detail, statuses } = await open();
    sessions[0]!.say(ready);
    sessions[0]!.say(commitAt(4));
    sessions[0]!.exit(exit);
    await expect.poll(() => sessions.length).toBe(2);
    sessions[1]!.say(ready);
    const { run, events } = await detail();
    // There is no checkpoint in this play: it starts over.
    expect(run).toMatchObject({ status: "running", step: 0, reason: null, code: null });
    expect(events.find(({ kind }) => kind === "restarted")?.detail).toMatch(reason);
    expect(statuses).not.toContain("failed");
    sessions[1]!.say({ type: "ended", outcome: "finished" });
    expect((await detail()).run.status).toBe("finished");
  });

  it("again and again is started three times, then the run fails and says so", async () => {
    const { sessions, detail, client, id } = await open();
    for (let death = 0; death < 4; death++) {
      await expect.poll(() => sessions.length).toBe(death + 1);
      sessions[death]!.say(ready);
      sessions[death]!.exit({ code: null, signal: "SIGSEGV" });
    }
    const { run, events } = await detail();
    expect(run).toMatchObject({ status: "failed", code: "session.crashed" });
    expect(run.reason).toMatch(/segmentation fault.*started again 3 times within five minutes/);
    expect(events.filter(({ kind }) => kind === "restarted")).toHaveLength(3);
    expect(sessions).toHaveLength(4);
    // A person may try again.
    await client.runs.resume({ id, engine });
    expect(sessions).toHaveLength(5);
  });

  it("while it was asked to stop stays ended", async () => {
    const { sessions, client, id } = await open();
    sessions[0]!.say(ready);
    const stopped = client.runs.stop({ id });
    sessions[0]!.exit({ code: null, signal: "SIGKILL" });
    expect(await stopped).toMatchObject({ status: "failed", code: "session.crashed" });
    expect(sessions).toHaveLength(1);
  });

  it("leaves no question open, and a run that was to be paused is paused when it is back", async () => {
    const { sessions, client, id } = await open();
    sessions[0]!.say(ready);
    const saved = client.runs.save({ id });
    saved.catch(() => undefined);
    const paused = client.runs.pause({ id });
    sessions[0]!.exit({ code: 1 });
    await expect(saved).rejects.toMatchObject({
      message: "Its training process ended before it was saved.",
    });
    await paused;
    await expect.poll(() => sessions.length).toBe(2);
    await expect
      .poll(() => sessions[1]!.received.map(({ type }) => type))
      .toEqual(["start", "pause"]);
  });

  it("hears when it is back what was asked for meanwhile", async () => {
    const { sessions, client, id } = await open();
    sessions[0]!.say(ready);
    sessions[0]!.exit({ code: 1 });
    const changed = client.runs.set({ id, learningRates: { generator: 0.5 } });
    const saved = client.runs.save({ id });
    await expect.poll(() => sessions.length).toBe(2);
    expect(sessions[1]!.received.slice(1)).toEqual([
      { type: "rates", rates: { generator: 0.5 } },
      { type: "save" },
    ]);
    sessions[1]!.say({ type: "rates", change: { from: 1, generator: 0.5 } });
    sessions[1]!.say({ type: "saved", step: 0, isKept: true });
    expect([(await changed).id, (await saved).id]).toEqual([id, id]);
  });

  it("of a problem that it could tell is not started again", async () => {
    const { sessions, detail } = await open();
    const message = "There is not enough memory. Use a smaller batch.";
    sessions[0]!.say({ type: "problem", problem: { code: "engine.memory", message } });
    expect((await detail()).run).toMatchObject({ status: "failed", code: "engine.memory" });
    expect(sessions).toHaveLength(1);
  });

  it("by falling silent is ended and started again", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const { sessions, detail } = await open();
    vi.advanceTimersByTime(306_000);
    vi.useRealTimers();
    await expect.poll(() => sessions.length).toBe(2);
    const { events } = await detail();
    expect(events.find(({ kind }) => kind === "restarted")?.detail).toMatch(/no sign of life/);
  });
});

it("restarts count together for five minutes", () => {
  let now = 0;
  const restarts = createRestarts(2, () => now);
  expect([restarts.take(), restarts.take(), restarts.take()]).toEqual([true, true, false]);
  now = 5 * 60_000;
  expect([restarts.take(), restarts.take(), restarts.take()]).toEqual([true, true, false]);
  expect(createRestarts(0, () => now).take()).toBe(false);
});

it("a real process that is killed in the middle goes on and ends in the same bytes", async () => {
  const inner = nodeSessionHost();
  const processes: ReturnType<typeof inner.start>[] = [];
  const sessions = {
    start() {
      const process = inner.start();
      processes.push(process);
      return process;
    },
  };
  const api = await openApi({ home: temporaryFolder(), sessions });
  onTestFinished(() => api.close());
  const client = createClient(api);
  const ended = (id: string) =>
    new Promise<RunSummary>((resolve) => {
      api.subscribe("run.changed", (run) => {
        if (run.id === id && ["finished", "failed"].includes(run.status)) resolve(run);
      });
    });
  const run = async (kill: boolean) => {
    const specification = smallSpecification({ epochs: 6 });
    const { id } = await client.runs.start({ specification, engine });
    const end = ended(id);
    let killed = !kill;
    api.subscribe("run.changed", ({ id: of, epoch }) => {
      if (killed || of !== id || epoch < 2) return;
      killed = true;
      processes.at(-1)?.kill();
    });
    expect(await end).toMatchObject({ status: "finished", epoch: 6, step: 24 });
    return { id, ...(await client.runs.get({ id })) };
  };
  const whole = await run(false);
  const broken = await run(true);
  expect(broken.events.filter(({ kind }) => kind === "restarted")).toHaveLength(1);
  expect(broken.checkpoints.at(-1)?.sha256).toBe(whole.checkpoints.at(-1)?.sha256);
  const [a, b] = await Promise.all(
    [whole, broken].map(({ id }) => client.runs.measurements({ id })),
  );
  expect(a).toEqual(b);
});
