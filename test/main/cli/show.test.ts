/** What `show` tells of a run's past, and the curves it writes; its page is tested beside `runs`. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { epochMeans } from "../../../main/cli/epoch-means.ts";
import { presetOf } from "../../../main/spec/presets.ts";
import { measurements, runSummary } from "../../support/fake-api.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { createFakeShell } from "./fake-shell.ts";

const run = runSummary({ id: "run-1", name: "Mine", preset: "lsgan-dc" });
const sample = { count: 16, columns: 4, closesEpoch: true };
const samples = [
  { ...sample, step: 10, epoch: 1 },
  { ...sample, step: 15, epoch: 1, closesEpoch: false },
  { ...sample, step: 20, epoch: 2 },
  { ...sample, step: 30, epoch: 3 },
];
const measured = measurements([5, 10, 20, 25.5], 1);
measured.values.lossGenerator = [1, 3, NaN, Infinity];
const event = (step: number, kind: string, detail = "") => ({ at: 0, step, kind, detail });

const showing = (changes: object = {}, events = [event(0, "started")], folder = "/work") =>
  createFakeShell(
    {
      "runs.list": () => ({ runs: [run], total: 1 }),
      "runs.get": () => ({
        ...{ run: { ...run, ...changes }, specification: presetOf("lsgan-dc").specification },
        ...{ samples, checkpoints: [], bytes: 0, events },
      }),
      "runs.measurements": () => measured,
      "runs.findings": () => ({ findings: [] }),
      "runs.evaluations": () => ({ evaluations: [] }),
    },
    { folder },
  );

it("tells programs the means of each epoch; what is no number is null", async () => {
  const { document } = await showing().json("show", "last");
  const { epochs } = document as { epochs: { means: Record<string, number | null> }[] };
  expect(epochs).toMatchObject([
    { epoch: 1, step: 10, measured: 2, means: { lossGenerator: 2, lossDiscriminator: 1 } },
    { epoch: 2, step: 20, measured: 1, means: { lossGenerator: null, lossDiscriminator: 1 } },
    { epoch: 3, step: 30, measured: 1, means: { lossGenerator: null } },
  ]);
});

it("has no means of an epoch in which nothing was measured", () => {
  const [first, second] = epochMeans(samples, measurements([1]));
  expect(first).toMatchObject({ measured: 1, means: { scoreReal: 0.25 } });
  expect(second).toMatchObject({ measured: 0, means: { scoreReal: NaN } });
});

it("writes every measured step as a table, and replaces a file only when told", async () => {
  const folder = temporaryFolder();
  const shell = showing({}, [], folder);
  expect(await shell.run("show", "last", "--csv", "curves.csv")).toBe(0);
  expect(shell.printed()).toBe(`4 measured steps in ${join(folder, "curves.csv")}\n`);
  const lines = readFileSync(join(folder, "curves.csv"), "utf8").split("\r\n");
  expect(lines[0]).toMatch(/^step,lossGenerator,lossDiscriminator,scoreReal,/);
  expect(lines.slice(1, 5).map((line) => line.split(",").slice(0, 3))).toEqual([
    ["5", "1", "1"],
    ["10", "3", "1"],
    ["20", "NaN", "1"],
    ["25.5", "Infinity", "1"],
  ]);
  writeFileSync(join(folder, "curves.csv"), "mine");
  expect(await shell.run("show", "last", "--csv", "curves.csv")).toBe(1);
  expect(shell.said()).toMatch(/curves\.csv exists.*--force/);
  expect(readFileSync(join(folder, "curves.csv"), "utf8")).toBe("mine");
  expect(await shell.run("show", "last", "--csv", "curves.csv", "--force")).toBe(0);
  expect(readFileSync(join(folder, "curves.csv"), "utf8")).not.toBe("mine");
});

it("tells where a run comes from", async () => {
  const shell = showing({
    parent: { run: "run-0", step: 469, epoch: 1 },
    group: { id: "group-1", name: "Tries", runs: 3 },
  });
  await shell.run("show", "last");
  expect(shell.printed()).toMatch(/^Preset +lsgan-dc$/m);
  expect(shell.printed()).toMatch(/^Forked from +run-0 after epoch 1, step 469$/m);
  expect(shell.printed()).toMatch(/^Group +group-1: Tries, 3 runs$/m);
  const plain = showing({ preset: null });
  await plain.run("show", "last");
  expect(plain.printed()).not.toMatch(/Preset|Forked|Group|History/);
});

it("tells the rates that are in force, those of the beginning, and the history of the changes", async () => {
  const shell = showing({}, [
    event(0, "started"),
    event(11, "learning rates", "generator 0.1"),
    event(21, "discriminator steps", "5 a step"),
    event(30, "exported", "a\u001b[31mb"),
    event(30, "finished"),
  ]);
  await shell.run("show", "last");
  const page = shell.printed();
  expect(page).toMatch(/learning rates G 0\.1, D 0\.\d+ \(at first: learning rate/);
  expect(page).toMatch(/^Updates +5 discriminator updates a step \(at first: 1\)$/m);
  expect(page).toMatch(/^\S+ \S+ +11 {2}learning rates: generator 0\.1$/m);
  expect(page).toContain("exported: a [31mb");
  expect(page).not.toMatch(/started|finished$/m);
});

it("keeps the page of a run with a long past short", async () => {
  const pauses = Array.from({ length: 40 }, (_, step) => event(step, "paused"));
  const shell = showing({}, pauses);
  await shell.run("show", "last");
  expect(shell.printed()).toContain("(25 earlier events not shown)");
  expect(shell.printed().match(/paused/g)).toHaveLength(15);
});
