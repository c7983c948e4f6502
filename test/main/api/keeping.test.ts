/** Renaming, deleting and restoring runs through the api, with sessions that a test plays by hand. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { openApi } from "../../../main/api/open.ts";
import { createClient } from "../../../main/contract/client.ts";
import { closePlayed, fakeHost, ready } from "../../support/fake-host.ts";
import { smallSpecification } from "../../support/small-specification.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

async function open() {
  const { host, sessions } = fakeHost();
  const home = temporaryFolder();
  const api = await openApi({ home, sessions: host, restarts: 0 });
  onTestFinished(async () => {
    vi.useRealTimers();
    await closePlayed(api, sessions);
  });
  const client = createClient(api);
  const start = async () => {
    const specification = smallSpecification();
    const { id } = await client.runs.start({ specification, engine: "wasm" });
    sessions.at(-1)?.say(ready);
    return { id, end: () => sessions.at(-1)?.exit() };
  };
  return { api, client, start, home };
}

it("renames a run, while it trains as well, and announces it", async () => {
  const { api, client, start } = await open();
  const { id } = await start();
  const names: string[] = [];
  api.subscribe("run.changed", ({ name }) => names.push(name));
  expect(await client.runs.rename({ id, name: "  Better name " })).toMatchObject({
    name: "Better name",
  });
  expect(names).toEqual(["Better name"]);
  expect((await client.runs.list({ search: "better" })).total).toBe(1);
  await expect(client.runs.rename({ id, name: "   " })).rejects.toMatchObject({ code: "usage" });
});

it("deletes a run that has ended and restores it", async () => {
  const { api, client, start, home } = await open();
  const { id, end } = await start();
  end();
  await vi.waitFor(async () => {
    expect((await client.runs.get({ id })).run.status).toBe("failed");
  }, 15_000);
  const deleted: string[] = [];
  api.subscribe("run.deleted", (event) => deleted.push(event.id));
  expect(await client.runs.delete({ id })).toEqual({ id });
  expect(deleted).toEqual([id]);
  expect((await client.runs.list({})).total).toBe(0);
  expect(existsSync(join(home, "bin", id))).toBe(true);
  for (const refused of [
    client.runs.get({ id }),
    client.runs.rename({ id, name: "x" }),
    client.runs.resume({ id, engine: "wasm" }),
    client.runs.delete({ id }),
    client.runs.generate({ id, count: 1, seed: 0 }),
    client.runs.evaluate({ id }),
    client.runs.sampleImage({ id, step: 0 }),
  ])
    await expect(refused).rejects.toMatchObject({
      ...{
        code: "run.unknown",
        message: `The run ${id} is in the bin; restore it to use it again.`,
      },
    });
  expect(await client.runs.restore({ id })).toMatchObject({ id });
  expect((await client.runs.list({})).total).toBe(1);
  expect(existsSync(join(home, "runs", id, "samples"))).toBe(true);
  await expect(client.runs.restore({ id })).rejects.toMatchObject({ code: "run.unknown" });
});

it("does not delete a run that is being trained", async () => {
  const { client, start } = await open();
  const { id } = await start();
  await expect(client.runs.delete({ id })).rejects.toMatchObject({ code: "run.state" });
  expect((await client.runs.list({})).total).toBe(1);
});

it("removes for good, at the next deletion, what was deleted over thirty days ago", async () => {
  // Before the api takes its clock.
  vi.useFakeTimers({ toFake: ["Date"] });
  const { client, start } = await open();
  const first = await start();
  first.end();
  const second = await start();
  second.end();
  await vi.waitFor(async () => {
    const live = await client.runs.list({ status: ["starting", "running", "paused"] });
    expect(live.total).toBe(0);
  }, 15_000);
  await client.runs.delete({ id: first.id });
  vi.setSystemTime(Date.now() + 31 * 24 * 60 * 60 * 1000);
  await client.runs.delete({ id: second.id });
  const kept = await client.runs.list({ deleted: true });
  expect(kept.runs.map(({ id }) => id)).toEqual([second.id]);
});
