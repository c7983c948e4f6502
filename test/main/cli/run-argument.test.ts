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

it("says so when there are no runs", async () => {
  await expect(runOf(clientWith(), "last")).rejects.toThrow(/no runs yet/);
});
