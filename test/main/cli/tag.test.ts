import { expect, it } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import { runSummary } from "../../support/fake-api.ts";
import { createFakeShell } from "./fake-shell.ts";

const run = runSummary({ id: "run-1", tags: ["draft"] });
const other = runSummary({ id: "run-2", tags: [] });
const answers: Partial<Handlers> = {
  "runs.list": () => ({ runs: [run, other], total: 2 }),
  "runs.tag": () => ({
    changes: [{ run: { ...run, tags: ["baseline", "good faces"] }, added: [], removed: [] }],
  }),
  "tags.list": () => ({
    tags: [
      { tag: "baseline", runs: 1200 },
      { tag: "good faces", runs: 3 },
    ],
  }),
};

it("gives tags to a run and takes them, and says which it has then", async () => {
  const shell = createFakeShell(answers);
  const words = ["baseline", " good   faces ", "--remove", "draft", "--remove", "old"];
  expect(await shell.run("tag", "run-1", ...words)).toBe(0);
  expect(shell.api.calls.at(-1)).toEqual({
    command: "runs.tag",
    payload: { ids: ["run-1"], add: ["baseline", "good faces"], remove: ["draft", "old"] },
  });
  expect(shell.printed()).toBe("run-1: baseline, good faces\n");
  const { document } = await createFakeShell(answers).json("tag", "run-1", "baseline");
  expect(document).toMatchObject({ id: "run-1", tags: ["baseline", "good faces"] });
});

it("says that a run has not had a tag that is to be taken", async () => {
  const shell = createFakeShell(answers);
  expect(await shell.run("tag", "run-1", "--remove", "nope", "--remove", "draft")).toBe(0);
  expect(shell.said()).toBe("run-1 has no tag «nope» to take.\n");
});

it("tells a run's tags when none is named, and changes nothing", async () => {
  const shell = createFakeShell(answers);
  await shell.run("tag", "run-1");
  await shell.run("tag", "run-2");
  expect(shell.printed()).toBe("run-1: draft\nrun-2: no tags\n");
  expect(shell.api.calls.map(({ command }) => command)).toEqual(["runs.list", "runs.list"]);
});

it("calls what can be no tag wrong usage, before anything is opened", async () => {
  const shell = createFakeShell(answers);
  expect(await shell.run("tag", "run-1", "a,b")).toBe(2);
  expect(shell.said()).toContain("«a,b» cannot be a tag");
  expect(shell.homes).toEqual([]);
});

it("lists all tags with how many runs have each", async () => {
  const shell = createFakeShell(answers);
  expect(await shell.run("tags")).toBe(0);
  expect(shell.printed()).toBe("TAG          RUNS\nbaseline    1,200\ngood faces      3\n");
  const none = createFakeShell({ "tags.list": () => ({ tags: [] }) });
  await none.run("tags");
  expect(none.printed()).toBe("No run has a tag yet. Give one: gan-studio tag last baseline\n");
});

it("runs are listed by their tags, in a column that is there when some run has one", async () => {
  const shell = createFakeShell(answers);
  expect(await shell.run("runs", "--tag", "draft", "--tag", "b")).toBe(0);
  expect(shell.api.calls[0]?.payload).toEqual({ tags: ["draft", "b"] });
  expect(shell.printed()).toMatch(/STARTED +TAGS\n.*draft\n/);
  const plain = createFakeShell({ "runs.list": () => ({ runs: [other], total: 1 }) });
  await plain.run("runs");
  expect(plain.printed()).not.toContain("TAGS");
  const none = createFakeShell({ "runs.list": () => ({ runs: [], total: 0 }) });
  await none.run("runs", "--tag", "x", "--search", "net");
  expect(none.printed()).toBe(
    "No run has «net» in its name, preset, data set or tags and has the tag «x».\n",
  );
});
