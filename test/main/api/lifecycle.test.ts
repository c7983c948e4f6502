/** Orders of events that real sessions show seldom, played by hand. */
import { describe, expect, it, onTestFinished } from "vitest";
import { openApi } from "../../../main/api/open.ts";
import { createClient } from "../../../main/contract/client.ts";
import { temporaryFolder } from "../../support/home.ts";
import { commitAt, fakeHost, progressAt, ready } from "../../support/fake-host.ts";
import { smallSpecification } from "../../support/small-specification.ts";

const engine = "wasm";

async function open(home = temporaryFolder()) {
  const { host, sessions } = fakeHost();
  const api = await openApi({ home, sessions: host });
  onTestFinished(async () => {
    const closed = api.close();
    for (const session of sessions) session.exit();
    await closed;
  });
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
    expect(await runOf(id)).toMatchObject({ status: "failed", step: 4 });
  });

  it("that was measured is told once, stored or not", async () => {
    const { client, start } = await open();
    const { id, session } = await start();
    session.say(progressAt(1, 2, 3));
    session.say(commitAt(2));
    const { steps } = await client.runs.measurements({ id });
    expect(steps).toEqual([2, 3]);
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
