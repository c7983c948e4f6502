/** Tags through the api, with sessions that a test plays by hand. */
import { expect, it, onTestFinished } from "vitest";
import { openApi } from "../../../../main/api/open.ts";
import { createClient } from "../../../../main/contract/client.ts";
import { closePlayed, fakeHost, ready } from "../../../support/fake-host.ts";
import { smallSpecification } from "../../../support/small-specification.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

async function open(count: number) {
  const { host, sessions } = fakeHost();
  const api = await openApi({ home: temporaryFolder(), sessions: host, restarts: 0 });
  onTestFinished(() => closePlayed(api, sessions));
  const client = createClient(api);
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const specification = smallSpecification();
    const { id } = await client.runs.start({ specification, engine: "wasm", name: `Run ${i}` });
    sessions.at(-1)?.say(ready);
    ids.push(id);
  }
  return { api, client, ids };
}

it("tags are given while runs train, and every run that changed is announced", async () => {
  const { api, client, ids } = await open(2);
  await client.runs.tag({ ids: [ids[1]!], add: ["Wide net"] });
  const announced: [string, string[]][] = [];
  api.subscribe("run.changed", ({ id, tags }) => announced.push([id, tags]));
  const { changes } = await client.runs.tag({ ids, add: ["  wide   NET "] });
  expect(changes.map(({ run, added }) => [run.id, added])).toEqual([[ids[0], ["Wide net"]]]);
  expect(announced).toEqual([[ids[0], ["Wide net"]]]);
  expect((await client.runs.get({ id: ids[0]! })).run.tags).toEqual(["Wide net"]);
  expect(await client.tags.list({})).toEqual({ tags: [{ tag: "Wide net", runs: 2 }] });
});

it("runs are found by a tag, in the search or beside it", async () => {
  const { client, ids } = await open(3);
  await client.runs.tag({ ids: ids.slice(0, 2), add: ["two words"] });
  const found = async (query: Parameters<typeof client.runs.list>[0]) =>
    (await client.runs.list(query)).runs.map(({ name }) => name).sort();
  expect(await found({ search: 'tag:"two words"' })).toEqual(["Run 0", "Run 1"]);
  expect(await found({ search: 'tag:"two words" run 1' })).toEqual(["Run 1"]);
  expect(await found({ tags: ["Two Words"], search: "tag:other" })).toEqual([]);
  expect(await found({ search: "words" })).toEqual(["Run 0", "Run 1"]);
});

it("what can be no tag is refused with a sentence, and changes nothing", async () => {
  const { client, ids } = await open(1);
  const refused = client.runs.tag({ ids, add: ["fine", "not, fine"] });
  await expect(refused).rejects.toMatchObject({
    code: "usage",
    message:
      "«not, fine» cannot be a tag: commas and quotation marks separate tags. Leave them out.",
  });
  expect((await client.tags.list({})).tags).toEqual([]);
  await expect(client.runs.tag({ ids: [], add: ["a"] })).rejects.toMatchObject({ code: "usage" });
  await expect(client.runs.tag({ ids: ["no-such"], add: ["a"] })).rejects.toMatchObject({
    code: "run.unknown",
  });
});

it("the list of roots tells how many runs hang below them", async () => {
  const { client } = await open(2);
  expect(await client.runs.list({ family: "roots" })).toMatchObject({ total: 2, below: 0 });
});
