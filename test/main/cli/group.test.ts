/** `train --seeds`, and `show` and `runs` of groups and families. */
import { describe, expect, it } from "vitest";
import type { GroupDetail, GroupSummary } from "../../../main/contract/family.ts";
import { measures, type RunSummary } from "../../../main/contract/runs.ts";
import { runSummary } from "../../support/fake-api.ts";
import { createFakeShell } from "./fake-shell.ts";
import { detail, run } from "./short-run.ts";

const spread = { mean: 0.5, deviation: 0.25, runs: 2 };
const groupOf = (changes: Partial<GroupSummary> = {}): GroupSummary => ({
  ...{ id: "group-261122-aaaa", name: "Tries", seeds: [1, 2], waiting: [], ending: null },
  ...{ runs: [], createdAt: 0, ...changes },
});
const groupDetail = (group: GroupSummary): GroupDetail => ({
  group,
  epochs: [
    {
      epoch: 1,
      spreads: Object.fromEntries(
        measures.map((measure) => [measure, spread]),
      ) as GroupDetail["epochs"][number]["spreads"],
    },
  ],
});

describe("a group", () => {
  it("is shown with the mean and standard deviation of each epoch, and how many runs that are", async () => {
    const group = groupOf({ runs: [run], waiting: [2] });
    const shell = createFakeShell({
      "groups.list": () => ({ groups: [group] }),
      "groups.get": () => groupDetail(group),
    });
    expect(await shell.run("show", "group-2611")).toBe(0);
    expect(shell.printed()).toMatch(/EPOCH +RUNS +D LOSS/);
    expect(shell.printed()).toMatch(/ 1 +2 +0\.500 ± 0\.250/);
    expect(shell.printed()).toMatch(/Waiting +2/);
  });

  it("is started by train --seeds and followed run by run", async () => {
    const member = (id: string, status: RunSummary["status"]) => runSummary({ id, status });
    let now = groupOf({ runs: [member("a", "finished")], waiting: [2] });
    const shell = createFakeShell({
      "datasets.list": () => ({ datasets: [] }),
      "groups.start": () => now,
      "groups.get": () => {
        const answer = groupDetail(now);
        // The second run comes when the first has been told.
        const runs = [member("a", "finished"), member("b", "finished")];
        now = groupOf({ runs });
        setTimeout(() => {
          shell.api.emit("group.changed", now);
        }, 5);
        return answer;
      },
      "runs.get": ({ id }) => ({ ...detail, run: member(id, "finished") }),
    });
    const { code, document } = await shell.json(
      "train",
      "--preset",
      "vanilla-mlp",
      "--seeds",
      "1,2",
    );
    expect(code).toBe(0);
    expect((document as GroupDetail).group.runs.map(({ id }) => id)).toEqual(["a", "b"]);
    const asked = shell.api.calls.find(({ command }) => command === "groups.start");
    expect(asked?.payload).toMatchObject({ seeds: [1, 2] });
  });

  it("is cancelled by Ctrl-C, which is no failure of its runs", async () => {
    const member = (status: RunSummary["status"]) => runSummary({ id: "a", status });
    let now = groupOf({ runs: [member("running")], waiting: [2] });
    const shell = createFakeShell({
      "datasets.list": () => ({ datasets: [] }),
      "groups.start": () => now,
      "groups.get": () => groupDetail(now),
      "groups.cancel": () => {
        now = groupOf({ runs: [member("stopped")], ending: "Cancelled after 0 of 2 seeds." });
        setImmediate(() => {
          shell.api.emit("run.changed", member("stopped"));
        });
        return now;
      },
      "runs.get": () => ({ ...detail, run: now.runs[0] ?? run }),
    });
    const over = shell.run("train", "--preset", "vanilla-mlp", "--seeds", "1,2");
    await expect.poll(() => shell.said()).toContain("Run a:");
    shell.interrupt();
    expect(await over).toBe(130);
    expect(shell.printed()).toContain("Cancelled after 0 of 2 seeds.");
  });

  it("has either one seed or several", async () => {
    const shell = createFakeShell();
    const words = ["--preset", "vanilla-mlp", "--seed", "1", "--seeds", "1..2"];
    expect(await shell.run("train", ...words)).toBe(2);
  });
});

it("runs are listed as families, forks below their parents and a group together", async () => {
  const group = { id: "group-261122-aaaa", name: "Tries", runs: 2 };
  const runs = [
    runSummary({ id: "seed-2", name: "Seed 2", createdAt: 5, group }),
    runSummary({ id: "other", name: "Other", createdAt: 4 }),
    runSummary({
      id: "child",
      name: "Child",
      createdAt: 3,
      parent: { run: "old", step: 4, epoch: 1 },
    }),
    runSummary({ id: "seed-1", name: "Seed 1", createdAt: 2, group }),
    runSummary({ id: "old", name: "Old", createdAt: 1 }),
    runSummary({
      id: "lost",
      name: "Lost",
      createdAt: 0,
      parent: { run: "gone", step: 4, epoch: 1 },
    }),
  ];
  const shell = createFakeShell({ "runs.list": () => ({ runs, total: 6 }) });
  expect(await shell.run("runs")).toBe(0);
  const names = shell
    .printed()
    .split("\n")
    .slice(1, 7)
    .map((line) => line.split(/ {2,}/)[1]);
  expect(names).toEqual(["Other", "Seed 1", "└ Seed 2", "Old", "└ Child", "Lost"]);
  expect(shell.printed()).toContain("Group group-261122-aaaa: Tries, 2 runs\n");
});
