/** What quitting calls off, with sessions that a test plays by hand. */
import { expect, it, onTestFinished } from "vitest";
import { openApi } from "../../../main/api/open.ts";
import { createClient } from "../../../main/contract/client.ts";
import { unfinishedOf } from "../../../main/electron/unfinished.ts";
import { closePlayed, commitAt, fakeHost, ready } from "../../support/fake-host.ts";
import { smallSpecification } from "../../support/small-specification.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

it("tells works under way and seeds that wait, and nothing where all is done", async () => {
  const { host, sessions } = fakeHost();
  const api = await openApi({ home: temporaryFolder(), sessions: host });
  onTestFinished(() => closePlayed(api, sessions));
  const client = createClient(api);
  const engine = "wasm";
  const specification = smallSpecification();
  const { id } = await client.runs.start({ specification, engine });
  for (const message of [ready, commitAt(4), { type: "ended", outcome: "finished" }] as const)
    sessions[0]!.say(message);
  expect(await unfinishedOf(api)).toEqual([]);
  await client.groups.start({ specification, engine, seeds: [1, 2, 3] });
  const reproduced = client.runs.reproduce({ id });
  expect(await unfinishedOf(api)).toEqual(["a reproduction", "2 seeds of a group, not begun yet"]);
  await client.runs.cancelReproduce({ id });
  await reproduced;
  expect(await unfinishedOf(api)).toEqual(["2 seeds of a group, not begun yet"]);
});
