/** Orders of events that real sessions show seldom, played by hand. */
import { describe, expect, it, onTestFinished } from "vitest";
import { openApi } from "../../../main/api/open.ts";
import { createClient } from "../../../main/contract/client.ts";
import type { RunSummary } from "../../../main/contract/runs.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import {
  closePlayed,
  commitAt,
  fakeHost,
  measurement,
  progressAt,
  ready,
} from "../../support/fake-host.ts";
import { smallSpecification } from "../../support/small-specification.ts";

const engine = "wasm";

async function open(home = temporaryFolder()) {
  const { host, sessions } = fakeHost();
  const api = await openApi({ home, sessions: host, restarts: 0 });
  onTestFinished(() => closePlayed(api, sessions));
  const client = createClient(api);
  const start = async () => {
    const { id } = await client.runs.start({ specification: smallSpecification(), engine });
    const session = sessions.at(-1)!;
    session.say(ready);
    return { id, session };
  };
  const runOf = async (id: string) => (await client.runs.get({ id })).run;
  return { api, client, sessions, start, runOf, home };
}

describe("a run's session", () => {
  it("is one, however often resume is asked for at once", async () => {
    const { client, sessions, start } = await open();
    const { id, session } = await start();
    session.exit();
    const answers = await Promise.allSettled([
      client.runs.resume({ id, engine }),
      client.runs.resume({ id, engine }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(sessions.length).toBe(2);
    await expect(client.runs.resume({ id, engine })).rejects.toMatchObject({ code: "run.state" });
  });

  it("that reports what cannot be stored ends, and nothing after it is stored", async () => {
    const { start, runOf } = await open();
    const { id, session } = await start();
    session.say(commitAt(4));
    session.say(commitAt(5, { samples: [{ file: "x" } as never] }));
    session.say(commitAt(8));
    session.say({ type: "ended", outcome: "finished" });
    expect(await runOf(id)).toMatchObject({ status: "failed", code: "internal", step: 4 });
  });

  it("that was measured is told once, stored or not", async () => {
    const { client, start } = await open();
    const { id, session } = await start();
    session.say(progressAt(1, 2, 3));
    session.say(commitAt(2));
    const { steps } = await client.runs.measurements({ id });
    expect(steps).toEqual([2, 3]);
  });

  it("that was measured often is told in as many rows as are asked for, stored or not", async () => {
    const { client, start } = await open();
    const { id, session } = await start();
    const steps = Array.from({ length: 100 }, (_, index) => index + 1);
    session.say(progressAt(...steps));
    const peak = measurement(33);
    peak.values.lossGenerator = 9;
    const stored = steps.slice(0, 60).map((step) => (step === 33 ? peak : measurement(step)));
    session.say(commitAt(60, { measurements: stored }));
    const whole = await client.runs.measurements({ id });
    expect(whole.steps).toEqual(steps);
    const shown = await client.runs.measurements({ id, points: 20 });
    expect(shown.steps.length).toBeLessThanOrEqual(20);
    expect([shown.steps[0], shown.steps.at(-1)]).toEqual([1, 100]);
    expect(shown.values.lossGenerator[shown.steps.indexOf(33)]).toBe(9);
    expect(shown.steps.some((step) => step > 60 && step < 100)).toBe(true);
    const later = await client.runs.measurements({ id, points: 20, after: 33 });
    expect([later.steps[0], later.steps.at(-1)]).toEqual([34, 100]);
    expect(later.values.scoreReal).toHaveLength(later.steps.length);
    expect(await client.runs.measurements({ id, points: 100 })).toEqual(whole);
    const middle = await client.runs.measurements({ id, points: 20, after: 20, before: 81 });
    expect([middle.steps[0], middle.steps.at(-1)]).toEqual([21, 80]);
    expect(middle.steps.length).toBeLessThanOrEqual(20);
    expect(middle.values.lossGenerator[middle.steps.indexOf(33)]).toBe(9);
    const few = await client.runs.measurements({ id, points: 20, after: 55, before: 66 });
    expect(few.steps).toEqual(steps.slice(55, 65));
    expect(await client.runs.measurements({ id, after: 55, before: 66 })).toEqual(few);
    for (const points of [1, 2.5, 20_001]) {
      await expect(client.runs.measurements({ id, points })).rejects.toMatchObject({
        code: "usage",
      });
    }
  });

  it("answers a wish that is fulfilled already, or that another has overtaken", async () => {
    const { client, start } = await open();
    const { id, session } = await start();
    expect(await client.runs.continue({ id })).toMatchObject({ status: "running" });
    const paused = client.runs.pause({ id });
    const continued = client.runs.continue({ id });
    session.say(progressAt(1));
    expect(await continued).toMatchObject({ status: "running" });
    expect(await paused).toMatchObject({ id });
    const really = client.runs.pause({ id });
    session.say({ type: "paused", step: 1 });
    expect(await really).toMatchObject({ status: "paused" });
  });

  it("that fails keeps its problem's code with the reason until it goes on", async () => {
    const { client, sessions, start, runOf } = await open();
    const { id, session } = await start();
    const message = "There is not enough memory. Use a smaller batch.";
    session.say({ type: "problem", problem: { code: "engine.memory", message } });
    expect(await runOf(id)).toMatchObject({ code: "engine.memory", reason: message });
    await client.runs.resume({ id, engine });
    expect(await runOf(id)).toMatchObject({ status: "starting", code: null, reason: null });
    sessions[1]!.say({ type: "ended", outcome: "finished" });
    expect(await runOf(id)).toMatchObject({ status: "finished", code: null });
  });

  it("whose process dies says why, in its own words", async () => {
    const { start, runOf } = await open();
    const { id, session } = await start();
    session.exit({
      code: 1,
      lastWords: "Error: the shape is wrong\n    at x (y.ts:1:1)\n\nNode.js v24.0.0",
    });
    const { reason } = await runOf(id);
    expect(reason).toMatch(/exit code 1\. It said: Error: the shape is wrong Everything/);
  });
});

it("a run for which no process can be started fails, told at once, and can be tried again", async () => {
  const { host, sessions } = fakeHost();
  let canStart = false;
  const api = await openApi({
    home: temporaryFolder(),
    sessions: {
      start() {
        if (!canStart) throw new Problem("session.crashed", "No memory for a process.");
        return host.start();
      },
    },
  });
  onTestFinished(async () => {
    const closed = api.close();
    for (const each of sessions) each.exit();
    await closed;
  });
  const client = createClient(api);
  const told: RunSummary[] = [];
  api.subscribe("run.changed", (run) => told.push(run));
  await expect(
    client.runs.start({ specification: smallSpecification(), engine }),
  ).rejects.toMatchObject({ code: "session.crashed" });
  expect(told.at(-1)).toMatchObject({ status: "failed", reason: "No memory for a process." });
  canStart = true;
  const { id } = told[0]!;
  expect(await client.runs.resume({ id, engine })).toMatchObject({ status: "starting" });
});

describe("closing", () => {
  it("stops what is live, also what is just being started, and then refuses", async () => {
    const { api, client, sessions, start } = await open();
    const { session } = await start();
    const starting = client.runs.start({ specification: smallSpecification(), engine });
    const closed = api.close();
    await starting;
    for (const each of sessions) {
      await expect.poll(() => each.received.at(-1)).toEqual({ type: "stop" });
      each.say({ type: "ended", outcome: "stopped" });
    }
    expect(session.received.map(({ type }) => type)).toEqual(["start", "stop", "stop", "goodbye"]);
    await closed;
    await expect(client.runs.list({})).rejects.toMatchObject({ code: "run.state" });
  });

  it("leaves runs as they ended", async () => {
    const home = temporaryFolder();
    const first = await open(home);
    const { id, session } = await first.start();
    const closed = first.api.close();
    session.say(commitAt(3));
    session.say({ type: "ended", outcome: "stopped" });
    await closed;
    const second = await open(home);
    expect(await second.runOf(id)).toMatchObject({ status: "stopped", step: 3 });
  });
});

it("a specification's own name for its preset names no folder and closes no history", async () => {
  const home = temporaryFolder();
  const first = await open(home);
  const specification = { ...smallSpecification(), preset: "../My design" };
  const { id } = await first.client.runs.start({ specification, engine });
  expect(id).toMatch(/^run-/);
  const closed = first.api.close();
  first.sessions[0]!.exit();
  await closed;
  const { runOf } = await open(home);
  expect(await runOf(id)).toMatchObject({ preset: "../My design", status: "failed" });
});

it("fewer epochs than are done are refused, and more than can be counted", async () => {
  const { client, start, runOf } = await open();
  const { id, session } = await start();
  session.say(commitAt(8, { epoch: 2 }));
  session.say({ type: "ended", outcome: "finished" });
  for (const epochs of [1, 2]) {
    await expect(client.runs.resume({ id, epochs, engine })).rejects.toThrow(/is finished/);
  }
  await expect(client.runs.resume({ id, steps: 1e9, engine })).rejects.toMatchObject({
    code: "spec.invalid",
  });
  expect(await runOf(id)).toMatchObject({ status: "finished", epochs: 2 });
});
