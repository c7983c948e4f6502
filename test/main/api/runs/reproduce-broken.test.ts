/** Reproductions that break, with sessions that a test plays by hand. */
import { expect, it, onTestFinished } from "vitest";
import { openApi } from "../../../../main/api/open.ts";
import { createClient } from "../../../../main/contract/client.ts";
import { commitAt, fakeHost, progressAt, ready } from "../../../support/fake-host.ts";
import { smallSpecification } from "../../../support/small-specification.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

async function open() {
  const { host, sessions } = fakeHost();
  const api = await openApi({ home: temporaryFolder(), sessions: host });
  onTestFinished(() => api.close());
  const client = createClient(api);
  const { id } = await client.runs.start({ specification: smallSpecification(), engine: "wasm" });
  for (const message of [ready, commitAt(4), { type: "ended", outcome: "finished" }] as const)
    sessions[0]!.say(message);
  const reproduced = client.runs.reproduce({ id });
  reproduced.catch(() => undefined);
  await expect.poll(() => sessions.length).toBe(2);
  return { api, client, id, reproduced, session: sessions[1]! };
}

it("a reproduction whose files cannot be removed ends with that, and nothing else does", async () => {
  const { session, reproduced, client, id } = await open();
  const checkpoint = { step: 4, epoch: 1, file: "checkpoints/\0", bytes: 1, sha256: "" };
  session.say(ready);
  session.say(commitAt(4, { checkpoint }));
  session.say({ type: "ended", outcome: "finished" });
  await expect(reproduced).rejects.toMatchObject({ code: "ERR_INVALID_ARG_VALUE" });
  expect((await client.runs.get({ id })).run.status).toBe("finished");
});

it("what a reproduction says after it was called off is not heard, not even when all is closed", async () => {
  const { session, reproduced, client, api, id } = await open();
  const told: unknown[] = [];
  api.subscribe("run.reproducing", (progress) => told.push(progress));
  expect(await client.runs.cancelReproduce({ id })).toEqual({ cancelled: true });
  expect((await reproduced).outcome).toBe("cancelled");
  await api.close();
  session.say(ready);
  session.say(progressAt(1));
  expect(told).toEqual([]);
});

it("a reproduction is called off when its run is deleted", async () => {
  const { reproduced, client, id } = await open();
  await client.runs.delete({ id });
  expect(await reproduced).toMatchObject({ outcome: "cancelled" });
});
