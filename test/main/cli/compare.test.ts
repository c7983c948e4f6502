import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { presetOf } from "../../../main/spec/presets.ts";
import { measurements, runSummary } from "../../support/fake-api.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { comparedRun } from "../contract/compare/examples.ts";
import { createFakeShell } from "./fake-shell.ts";

const details = {
  "run-a": comparedRun().detail,
  "run-b": comparedRun({
    run: { id: "run-b", name: "B" },
    specification: presetOf("lsgan-dc").specification,
  }).detail,
};
const runs = Object.values(details).map(({ run }) => run);
const shellIn = (folder: string) =>
  createFakeShell(
    {
      "runs.list": ({ deleted = false }) => ({ runs: deleted ? [] : runs, total: runs.length }),
      "runs.get": ({ id }) => details[id as keyof typeof details],
      "runs.evaluations": () => ({ evaluations: [] }),
      "runs.measurements": () => measurements([10, 20], NaN),
      "runs.sampleImage": () => ({ png: new Uint8Array([1, 2, 3]) }),
    },
    { folder },
  );

describe("compare", () => {
  it("prints what differs, a column a run", async () => {
    const shell = shellIn("/work");
    expect(await shell.run("compare", "run-a", "run-b")).toBe(0);
    const page = shell.printed();
    expect(page).toMatch(/^SETTING +run-a +run-b$/m);
    expect(page).toMatch(/^loss\.kind +\S+ +leastSquares$/m);
    expect(page).toMatch(/^Epoch +2 +2$/m);
    expect(page).toMatch(/^Generator loss +NaN +NaN$/m);
    expect(page).toContain("The generators, layer by layer (* differs)");
    expect(page).toContain("not drawn from the same noise");
  });

  it("prints the same as a document", async () => {
    const { code, document } = await shellIn("/work").json("compare", "run-a", "run-b");
    expect(code).toBe(0);
    expect(document).toMatchObject({
      runs: [{ id: "run-a" }, { id: "run-b" }],
      generator: { same: false },
      noise: { shared: false },
    });
    const { figures, settings } = document as {
      figures: { label: string; values: unknown[] }[];
      settings: { path: string; values: unknown[] }[];
    };
    expect(figures.find(({ label }) => label === "Generator loss")?.values).toEqual([null, null]);
    expect(settings.find(({ path }) => path === "loss.kind")?.values).toHaveLength(2);
  });

  it("shows the figures of an epoch that is asked for", async () => {
    const shell = shellIn("/work");
    await shell.run("compare", "run-a", "run-b", "--epoch", "1");
    expect(shell.printed()).toMatch(/^Step +10 +10$/m);
  });

  it("writes one file with images inside", async () => {
    const folder = temporaryFolder();
    const words = ["compare", "run-a", "run-b", "--out", "both.html"];
    const { code, document } = await shellIn(folder).json(...words);
    const path = join(folder, "both.html");
    expect([code, (document as { files: string[] }).files]).toEqual([0, [path]]);
    expect(await readFile(path, "utf8")).toContain("data:image/png;base64,AQID");
  });

  it("replaces a file only when told to, and writes a page into nothing else", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "both.html");
    await writeFile(path, "mine");
    const words = ["compare", "run-a", "run-b", "--out"];
    const shell = shellIn(folder);
    expect(await shell.run(...words, "both.html")).toBe(1);
    expect(shell.said()).toMatch(/both\.html exists.*--force/);
    expect(shell.homes).toEqual([]);
    expect(await readFile(path, "utf8")).toBe("mine");
    expect(await shellIn(folder).run(...words, "both.html", "--force")).toBe(0);
    expect(await readFile(path, "utf8")).not.toBe("mine");
    expect(await shellIn(folder).run(...words, "both.txt")).toBe(2);
  });

  it("says which runs had ended before the epoch that is asked for", async () => {
    const shell = shellIn("/work");
    await shell.run("compare", "run-a", "run-b", "--epoch", "1");
    expect(shell.said()).toBe("");
    await shell.run("compare", "run-a", "run-b", "--epoch", "500");
    expect(shell.said()).toMatch(/^run-a ended at epoch \S+; its figures are of its end\.$/m);
    expect(shell.said()).toMatch(/^run-b ended at epoch/m);
  });

  it.each([
    [["run-a"], "1 was named"],
    [["run-a", "run-a"], "named twice"],
    [["run-a", "run-b", "run-a", "run-b", "run-a", "run-b", "run-a"], "7 were named"],
  ])("refuses %j as wrong usage", async (names, words) => {
    const shell = shellIn("/work");
    expect(await shell.run("compare", ...names)).toBe(2);
    expect(shell.said()).toContain(words);
  });

  it("says which run there is not", async () => {
    const shell = shellIn("/work");
    expect(await shell.run("compare", "run-a", "nobody")).toBe(1);
    expect(shell.said()).toContain("«nobody»");
  });
});

describe("compare with a group", () => {
  const seeds = [3, 4];
  const members = seeds.map((seed) =>
    comparedRun({
      run: { id: `member-${seed}`, status: seed === 3 ? "finished" : "stopped" },
      specification: { ...presetOf("vanilla-mlp").specification, seed },
    }),
  );
  const all = { ...details, "member-3": members[0]!.detail, "member-4": members[1]!.detail };
  const idle = runSummary({ id: "member-5", step: 0 });
  const group = {
    ...{ id: "group-261122-aaaa", name: "Tries", seeds: [3, 4, 5], waiting: [], ending: null },
    ...{ runs: [...members.map(({ detail }) => detail.run), idle], createdAt: 0 },
  };
  const lossOf: Record<string, number> = { "run-a": 1, "member-3": 2, "member-4": 4 };
  const shellOf = (one = group) =>
    createFakeShell({
      "runs.list": () => ({ runs, total: runs.length }),
      "groups.list": () => ({ groups: [one] }),
      "groups.get": () => ({ group: one, epochs: [] }),
      "runs.get": ({ id }) => all[id as keyof typeof all],
      "runs.evaluations": () => ({ evaluations: [] }),
      "runs.measurements": ({ id }) => measurements([10, 20], lossOf[id]),
    });

  it("shows means and standard deviations over the runs that have trained", async () => {
    const shell = shellOf();
    expect(await shell.run("compare", "run-a", "group-2611")).toBe(0);
    const page = shell.printed();
    expect(page).toMatch(/^Name +A +Tries$/m);
    expect(page).toMatch(/^Status +\S+ +1 of 3 finished$/m);
    expect(page).toMatch(/^Generator loss +1\.000 +3\.000 ± 1\.414$/m);
    expect(page).toMatch(/^Step +20 +20$/m);
    expect(page).toMatch(/^seed +\d+ +"?3, 4"?$/m);
    const { document } = await shellOf().json("compare", "run-a", "group-2611");
    const { figures, columns } = document as {
      figures: { label: string; values: unknown[]; deviations: unknown[] }[];
      columns: unknown[];
    };
    expect(figures.find(({ label }) => label === "Generator loss")).toMatchObject({
      ...{ values: [1, 3], deviations: [null, Math.SQRT2] },
    });
    expect(columns[1]).toMatchObject({ isGroup: true, runs: ["member-3", "member-4"] });
  });

  it("refuses a page of it, and a group that has trained nothing", async () => {
    const shell = shellOf();
    expect(await shell.run("compare", "run-a", group.id, "--out", "/nowhere/a.html")).toBe(2);
    expect(shell.said()).toMatch(/group-261122-aaaa is a group/);
    const none = shellOf({ ...group, runs: [idle] });
    expect(await none.run("compare", "run-a", group.id)).toBe(2);
    expect(none.said()).toMatch(/has trained a step yet/);
  });
});

describe("delete and restore", () => {
  const deleted = runSummary({ id: "old-1" });
  const shell = () =>
    createFakeShell({
      "runs.list": ({ deleted: bin = false }) => ({ runs: bin ? [deleted] : runs, total: 1 }),
      "runs.delete": ({ id }) => ({ id }),
      "runs.restore": () => deleted,
    });

  it("moves a run to the bin and says how to have it back", async () => {
    const one = shell();
    expect(await one.run("delete", "run-b")).toBe(0);
    expect(one.api.calls.at(-1)).toEqual({ command: "runs.delete", payload: { id: "run-b" } });
    expect(one.printed()).toContain("gan-studio restore run-b");
    expect((await shell().json("delete", "run-b")).document).toEqual({ id: "run-b" });
  });

  it("moves several at once, or none where one of them is not there", async () => {
    const both = shell();
    expect(await both.run("delete", "run-b", "run-a", "run-b")).toBe(0);
    expect(both.printed().match(/^Moved run-\w/gm)).toEqual(["Moved run-b", "Moved run-a"]);
    expect((await shell().json("delete", "run-b", "run-a")).document).toEqual({
      runs: [{ id: "run-b" }, { id: "run-a" }],
    });
    const none = shell();
    expect(await none.run("delete", "run-b", "nobody")).toBe(1);
    expect(none.api.calls.map(({ command }) => command)).not.toContain("runs.delete");
  });

  it("restores a run by the start of its id", async () => {
    const one = shell();
    expect(await one.run("restore", "old")).toBe(0);
    expect(one.api.calls.at(-1)).toEqual({ command: "runs.restore", payload: { id: "old-1" } });
  });

  it("lists the bin where the run is not in it", async () => {
    const one = shell();
    expect(await one.run("restore", "run-b")).toBe(1);
    expect(one.said()).toContain("it has: old-1");
  });
});
