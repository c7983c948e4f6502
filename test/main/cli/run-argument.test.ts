import { expect, it } from "vitest";
import { runOf } from "../../../main/cli/run-argument.ts";
import { createClient } from "../../../main/contract/client.ts";
import { createFakeApi, runSummary } from "../../support/fake-api.ts";

const clientWith = (...ids: string[]) => {
  const runs = ids.map((id, i) => runSummary({ id, createdAt: i === 0 ? 9 : i }));
  return createClient(createFakeApi({ "runs.list": () => ({ runs, total: runs.length }) }));
};
const client = clientWith("alpha-2", "alpha-1", "alpha-10", "beta-1");

it.each([
  ["beta-1", "beta-1"],
  ["b", "beta-1"],
  ["alpha-1", "alpha-1"],
  ["last", "alpha-2"],
])("understands «%s» as %s", async (typed, id) => {
  expect((await runOf(client, typed)).id).toBe(id);
});

it.each(["gamma", "", "ALPHA", "alpha-1 ", "../alpha-1", "*"])(
  "knows no run «%s»",
  async (typed) => {
    await expect(runOf(client, typed)).rejects.toMatchObject({ code: "run.unknown" });
  },
);

it("lists those that fit when several do", async () => {
  await expect(runOf(client, "alpha")).rejects.toThrow(/fits 3 runs: alpha-2, alpha-1, alpha-10\./);
  await expect(runOf(client, "alpha")).rejects.toMatchObject({ code: "usage" });
  const many = clientWith(...Array.from({ length: 9 }, (_, i) => `run-${i}`));
  await expect(runOf(many, "run")).rejects.toThrow(/fits 9 runs: (run-\d, ){5}…\./);
});

it("understands the last part of an id, and a name that one run alone has", async () => {
  const runs = [
    runSummary({ id: "vanilla-mlp-261122-x71d", name: "vanilla" }),
    runSummary({ id: "vanilla-mlp-261122-9abc", name: "My first" }),
    runSummary({ id: "cdcgan-261122-71d0", name: "twin" }),
    runSummary({ id: "cdcgan-261122-k3f9", name: "twin" }),
  ];
  const named = createClient(createFakeApi({ "runs.list": () => ({ runs, total: runs.length }) }));
  const idOf = async (typed: string) => (await runOf(named, typed)).id;
  expect(await idOf("x71d")).toBe("vanilla-mlp-261122-x71d");
  expect(await idOf("71d0")).toBe("cdcgan-261122-71d0");
  expect(await idOf("My first")).toBe("vanilla-mlp-261122-9abc");
  // A whole name is surer than the start of an id.
  expect(await idOf("vanilla")).toBe("vanilla-mlp-261122-x71d");
  await expect(idOf("twin")).rejects.toThrow(/fits 2 runs: cdcgan-261122-71d0, cdcgan-261122-k3f9/);
  // Neither a part of a name nor any end of an id.
  for (const typed of ["First", "My", "71d", "261122-"])
    await expect(idOf(typed)).rejects.toMatchObject({ code: "run.unknown" });
});

it("says so when there are no runs", async () => {
  await expect(runOf(clientWith(), "last")).rejects.toThrow(/no runs yet/);
});
