import { expect, it } from "vitest";
import { presetOf } from "../../../main/spec/presets.ts";
import { evaluationExample } from "../../support/evaluation.ts";
import { measurements, runSummary } from "../../support/fake-api.ts";
import { createFakeShell } from "./fake-shell.ts";

const run = runSummary({ id: "run-1", status: "finished", epoch: 2, step: 20 });

it("lists runs in aligned columns", async () => {
  const runs = [
    run,
    runSummary({
      ...{
        id: "run-22",
        name: "a name that is longer than any column should ever be",
        step: 12_345,
      },
      losses: { generator: NaN, discriminator: 0.00001 },
    }),
  ];
  const shell = createFakeShell({ "runs.list": () => ({ runs, total: runs.length }) });
  expect(await shell.run("runs", "--search", "x", "--limit", "5")).toBe(0);
  const lines = shell.printed().trimEnd().split("\n");
  expect(lines).toHaveLength(3);
  const at = lines[0]!.indexOf("STATUS");
  expect(lines.slice(1).map((line) => line.slice(at, at + 4))).toEqual(["fini", "runn"]);
  expect(lines[2]).toContain("12,345");
  expect(lines[2]).toContain("1.00e-5");
  expect(lines[2]).toContain("NaN");
  expect(shell.api.calls[0]?.payload).toEqual({ search: "x", limit: 5 });
});

it("says what to do when there is nothing to list", async () => {
  const shell = createFakeShell({ "runs.list": () => ({ runs: [], total: 0 }) });
  await shell.run("runs");
  expect(shell.printed()).toContain("gan-studio train --preset lsgan-dc");
  const search = createFakeShell({ "runs.list": () => ({ runs: [], total: 0 }) });
  await search.run("runs", "--search", "abc");
  expect(search.printed()).toContain("«abc»");
});

it("shows a run on a page, with the means of each epoch", async () => {
  const sample = { count: 16, columns: 4, closesEpoch: true };
  const measured = measurements([5, 10, 15, 20], 1);
  measured.values.lossGenerator = [1, 3, NaN, 1];
  const detail = {
    ...{ run: { ...run, reason: null }, specification: presetOf("lsgan-dc").specification },
    samples: [
      { ...sample, step: 10, epoch: 1 },
      { ...sample, step: 12, epoch: 1, closesEpoch: false },
      { ...sample, step: 20, epoch: 2 },
    ],
    checkpoints: [{ step: 20, epoch: 2, bytes: 2 * 1024 * 1024, sha256: "" }],
    bytes: 3 * 1024 * 1024,
    events: [],
  };
  const answers = {
    "runs.list": () => ({ runs: [run], total: 1 }),
    "runs.get": () => detail,
    "runs.measurements": () => measured,
    "runs.findings": () => ({ findings: [] }),
    "runs.evaluations": () => ({
      evaluations: [evaluationExample(1, 4), evaluationExample(2, 3)],
    }),
  };
  const shell = createFakeShell(answers);
  expect(await shell.run("show", "last", "--home", "/data")).toBe(0);
  const page = shell.printed();
  expect(page).toContain("/data/runs/run-1");
  expect(page).toContain("1 checkpoint, 3 sample grids, 3.0 MiB in all");
  expect(page).toContain("least squares");
  expect(page).toMatch(/^ +1 +10 +1\.000 +2\.000 /m);
  expect(page).toMatch(/^ +2 +20 +1\.000 +NaN /m);
  expect(page).toMatch(/^ +1 +10 .* 2$/m);
  expect(page).toMatch(/^2 \* +20 +3\.000 /m);
  expect((await createFakeShell(answers).json("show", "last")).document).toMatchObject({
    ...{ run: { id: "run-1" }, evaluations: [{ epoch: 1 }, { epoch: 2 }] },
  });
});

it("says of a generator that was opened what it is, and makes up no figures for it", async () => {
  const opened = { at: 0, step: 20, kind: "opened", detail: "g.safetensors" };
  const shell = createFakeShell({
    "runs.list": () => ({ runs: [run], total: 1 }),
    "runs.get": () => ({
      ...{ run: { ...run, reason: null }, specification: presetOf("lsgan-dc").specification },
      samples: [{ count: 16, columns: 4, closesEpoch: true, step: 20, epoch: 2 }],
      ...{ checkpoints: [], bytes: 0, events: [opened] },
    }),
    "runs.measurements": () => measurements([]),
    "runs.findings": () => ({ findings: [] }),
    "runs.evaluations": () => ({ evaluations: [] }),
  });
  expect(await shell.run("show", "last")).toBe(0);
  expect(shell.printed()).toContain("the generator alone");
  expect(shell.printed()).not.toContain("NaN");
  expect(shell.printed()).not.toContain("Means");
});
