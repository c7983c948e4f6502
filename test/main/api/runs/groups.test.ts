/** Groups of seeds: one run after the other, with real sessions and with ones that are played by hand. */
import { describe, expect, it, onTestFinished } from "vitest";
import { openApi } from "../../../../main/api/open.ts";
import { createClient } from "../../../../main/contract/client.ts";
import type { GroupSummary } from "../../../../main/contract/family.ts";
import { closePlayed, commitAt, fakeHost, ready } from "../../../support/fake-host.ts";
import { inProcessHost } from "../../../support/in-process-host.ts";
import { smallSpecification } from "../../../support/small-specification.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const engine = "wasm";

async function openByHand(home = temporaryFolder()) {
  const { host, sessions } = fakeHost();
  const api = await openApi({ home, sessions: host });
  const close = () => closePlayed(api, sessions);
  onTestFinished(close);
  const client = createClient(api);
  const told: GroupSummary[] = [];
  api.subscribe("group.changed", (group) => told.push(group));
  /** Resolves when the group is as it should be. */
  const until = (holds: (group: GroupSummary) => boolean) =>
    new Promise<GroupSummary>((resolve) => {
      const stop = api.subscribe("group.changed", (group) => {
        if (!holds(group)) return;
        stop();
        resolve(group);
      });
    });
  const finish = () => {
    const session = sessions.at(-1)!;
    session.say(ready);
    session.say(commitAt(4));
    session.say({ type: "ended", outcome: "finished" });
  };
  return { client, sessions, told, until, finish, close, home };
}

const wanted = (seeds: number[]) => ({
  ...{ specification: smallSpecification(), seeds, name: "Five tries", engine },
});

describe("a group", () => {
  it("trains its seeds one after the other, each run with its own seed and name", async () => {
    const { client, sessions, until, finish } = await openByHand();
    const group = await client.groups.start(wanted([3, 1, 4]) as never);
    expect(group).toMatchObject({ name: "Five tries", seeds: [3, 1, 4], waiting: [1, 4] });
    for (const count of [2, 3]) {
      const next = until(({ runs }) => runs.length === count);
      expect(sessions.length).toBe(count - 1);
      finish();
      await next;
    }
    const over = until(
      ({ waiting, runs }) => waiting.length === 0 && runs.at(-1)?.status === "finished",
    );
    finish();
    await over;
    const { group: done } = await client.groups.get({ id: group.id });
    expect(done).toMatchObject({ waiting: [], ending: null });
    expect(done.runs.map(({ name }) => name)).toEqual([
      ...["Five tries, seed 3", "Five tries, seed 1", "Five tries, seed 4"],
    ]);
    const of = { id: group.id, name: "Five tries", runs: 3 };
    expect(done.runs.map((run) => run.group)).toEqual([of, of, of]);
    const details = await Promise.all(done.runs.map(({ id }) => client.runs.get({ id })));
    expect(details.map(({ specification }) => specification.seed)).toEqual([3, 1, 4]);
    expect((await client.groups.list({})).groups).toEqual([done]);
    await expect(client.groups.cancel({ id: group.id })).rejects.toMatchObject({
      code: "run.state",
    });
  });

  it("goes on after a run that failed", async () => {
    const { client, sessions, until } = await openByHand();
    await client.groups.start(wanted([1, 2]) as never);
    const next = until(({ runs }) => runs.length === 2);
    const problem = { code: "run.diverged", message: "It diverged." } as const;
    sessions[0]!.say({ type: "problem", problem });
    expect((await next).runs[0]).toMatchObject({ status: "failed" });
  });

  it("that is cancelled stops the run that trains, drops the rest and keeps what is done", async () => {
    const { client, sessions, until, finish } = await openByHand();
    const { id } = await client.groups.start(wanted([1, 2, 3]) as never);
    const second = until(({ runs }) => runs.length === 2);
    finish();
    await second;
    const cancelled = client.groups.cancel({ id });
    sessions[1]!.say(ready);
    sessions[1]!.say({ type: "ended", outcome: "stopped" });
    expect(await cancelled).toMatchObject({
      ...{ waiting: [], ending: "Cancelled after 1 of 3 seeds." },
      runs: [{ status: "finished" }, { status: "stopped" }],
    });
    expect(sessions[1]!.received).toContainEqual({ type: "stop" });
    expect(sessions.length).toBe(2);
  });

  it("that is cancelled just when the next seed is to begin trains no further one", async () => {
    const { client, sessions, finish } = await openByHand();
    const { id, runs } = await client.groups.start(wanted([1, 2, 3]) as never);
    finish();
    // The first run is over, and the second one's data is being looked at.
    const ended = await client.runs.get({ id: runs[0]!.id });
    expect(ended.run.status).toBe("finished");
    expect(await client.groups.cancel({ id })).toMatchObject({
      ...{ waiting: [], ending: "Cancelled after 1 of 3 seeds." },
      runs: [{ status: "finished" }],
    });
    // Looks at the same data, after it.
    await client.runs.start({ specification: smallSpecification(), engine });
    expect(sessions.length).toBe(2);
    expect((await client.groups.get({ id })).group.ending).toMatch(/^Cancelled/);
  });

  it("with a name as long as names may be has runs that can be read from their folders", async () => {
    const { client } = await openByHand();
    const name = "n".repeat(200);
    const { runs } = await client.groups.start({ ...wanted([1234567]), name } as never);
    expect(runs[0]?.name).toHaveLength(200);
    expect(runs[0]?.name).toMatch(/n, seed 1234567$/);
  });

  it("starts nothing more once GAN Studio closes, and says so at the next start", async () => {
    const { client, close, home, sessions } = await openByHand();
    const { id } = await client.groups.start(wanted([1, 2]) as never);
    await close();
    expect(sessions.length).toBe(1);
    const again = await openByHand(home);
    const { group } = await again.client.groups.get({ id });
    expect(group.ending).toBe("GAN Studio ended before all seeds were trained.");
    expect(group.runs.length).toBe(1);
  });

  it("refuses a seed twice, none at all, and data that does not fit, and stores nothing then", async () => {
    const { client, sessions } = await openByHand();
    const start = (changes: object) =>
      client.groups.start({ ...wanted([1, 2]), ...changes } as never);
    await expect(start({ seeds: [1, 2, 1] })).rejects.toMatchObject({ code: "usage" });
    await expect(start({ seeds: [] })).rejects.toMatchObject({ code: "usage" });
    await expect(
      start({ specification: smallSpecification({ discriminatorSteps: 9 }) }),
    ).rejects.toMatchObject({ code: "data.empty" });
    expect(sessions).toEqual([]);
    expect((await client.groups.list({})).groups).toEqual([]);
  });
});

it("a real group tells means and standard deviations of what its runs measured", async () => {
  const api = await openApi({ home: temporaryFolder(), sessions: inProcessHost });
  onTestFinished(() => api.close());
  const client = createClient(api);
  const over = new Promise<void>((resolve) => {
    api.subscribe("group.changed", ({ runs, waiting }) => {
      if (
        runs.length === 2 &&
        waiting.length === 0 &&
        runs.every(({ status }) => status === "finished")
      )
        resolve();
    });
  });
  const { id } = await client.groups.start(wanted([1, 2]) as never);
  await over;
  const { group, epochs } = await client.groups.get({ id });
  const measured = await Promise.all(
    group.runs.map((run) => client.runs.measurements({ id: run.id })),
  );
  const [a = 0, b = 0] = measured.map(({ values }) => {
    const second = values.lossGenerator.slice(4, 8);
    return second.reduce((sum, value) => sum + value, 0) / second.length;
  });
  expect(a).not.toBe(b);
  const spread = epochs[1]?.spreads.lossGenerator;
  expect(spread?.runs).toBe(2);
  expect(spread?.mean).toBeCloseTo((a + b) / 2, 12);
  expect(spread?.deviation).toBeCloseTo(Math.abs(a - b) / Math.SQRT2, 12);
  const curves = await client.groups.measurements({ id, points: 3 });
  expect(curves.steps).toEqual([1, 5, 8]);
  expect(curves.runs).toEqual([2, 2, 2]);
});
