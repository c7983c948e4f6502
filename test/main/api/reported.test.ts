/** What a session reports between its start and its end, and what becomes of it. */
import { expect, it, onTestFinished } from "vitest";
import { openApi } from "../../../main/api/open.ts";
import { createClient } from "../../../main/contract/client.ts";
import { fakeHost, ready } from "../../support/fake-host.ts";
import { smallSpecification } from "../../support/small-specification.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

async function open() {
  const { host, sessions } = fakeHost();
  const api = await openApi({ home: temporaryFolder(), sessions: host });
  onTestFinished(async () => {
    const closed = api.close();
    for (const one of sessions) one.exit();
    await closed;
  });
  const client = createClient(api);
  const { id } = await client.runs.start({ specification: smallSpecification(), engine: "wasm" });
  const session = sessions[0]!;
  session.say(ready);
  return { client, session, id, detail: () => client.runs.get({ id }) };
}

it("a save that kept nothing is a problem, one that kept the state is not", async () => {
  const { client, session, id } = await open();
  const kept = client.runs.save({ id });
  session.say({ type: "saved", step: 3, isKept: true });
  expect((await kept).id).toBe(id);
  const lost = client.runs.save({ id });
  session.say({ type: "saved", step: 4, isKept: false });
  await expect(lost).rejects.toMatchObject({
    code: "run.diverged",
    message: expect.stringMatching(/^Nothing was saved: .*last checkpoint is kept/) as string,
  });
});

it("a save that an orderly end has overtaken is done", async () => {
  const { client, session, id } = await open();
  const saved = client.runs.save({ id });
  session.say({ type: "ended", outcome: "finished" });
  expect(await saved).toMatchObject({ id, status: "finished" });
});

it("a new kind of step that runs otherwise than those before it is told of", async () => {
  const { session, detail } = await open();
  const told = async () => (await detail()).events.filter(({ kind }) => kind === "ready").length;
  session.say({ type: "tracing" });
  session.say({ type: "traced", compilation: { mode: "eager", reason: "It is a trial." } });
  expect(await told()).toBe(1);
  session.say({ type: "traced", compilation: { mode: "compiled", milliseconds: 300 } });
  expect(await told()).toBe(2);
  expect((await detail()).run.mode).toBe("compiled");
});
