import { expect, it } from "vitest";
import type { Finding } from "../../../main/spec/doctor/finding.ts";
import { measurements, runSummary } from "../../support/fake-api.ts";
import { preset, training } from "./training.ts";

const finding: Finding = {
  ...{ id: "mode-collapse", name: "Mode collapse", severity: "warning", since: 300 },
  ...{ numbers: "All alike.", why: "One image.", since: 300 },
  evidence: { label: "diversity", steps: [1], values: [0.1], threshold: 0.2, beyond: "below" },
  remedies: [
    { title: "batches of 256 images", patch: { loop: { batchSize: 256 } }, by: "fork" },
    { title: "another seed", patch: { seed: 99 }, by: "start" },
  ],
};

const id = "lsgan-dc-261122-k3f9";
const ill = (findings: Finding[], steps = [1, 600]) => {
  const sample = { count: 16, columns: 4, closesEpoch: true, step: 100, epoch: 1 };
  const parent = runSummary({ id, name: "Mine", status: "stopped" });
  let finish: () => void = () => undefined;
  const begin = () => {
    setImmediate(() => {
      finish();
    });
    return runSummary({ id: "child", status: "starting" });
  };
  const { shell } = training({
    "runs.list": () => ({ runs: [parent], total: 1 }),
    "runs.get": ({ id: asked }) => ({
      ...{ run: asked === id ? parent : runSummary({ id: "child", status: "finished" }) },
      ...{ specification: preset, samples: [sample], bytes: 0, events: [] },
      checkpoints: [{ step: 100, epoch: 1, bytes: 1, sha256: "" }],
    }),
    "runs.findings": () => ({ findings }),
    "runs.measurements": () => measurements(steps),
    "runs.fork": begin,
    "runs.start": begin,
  });
  finish = () => {
    shell.api.emit("run.changed", runSummary({ id: "child", status: "finished" }));
  };
  return shell;
};

it("names a command for what to try, and says to programs how much was looked at", async () => {
  const shell = ill([finding]);
  expect(await shell.run("diagnose", "last")).toBe(0);
  expect(shell.printed()).toContain(
    `To start the first of them: gan-studio diagnose ${id} --try 1`,
  );
  const { document } = await ill([], [1]).json("diagnose", "last");
  expect(document).toEqual({ id, measured: 1, span: 1, judged: false, findings: [] });
});

it("forks the run with what a remedy changes, and accompanies the fork", async () => {
  const shell = ill([finding]);
  expect(await shell.run("diagnose", "last", "--try", "1")).toBe(0);
  const asked = shell.api.calls.find(({ command }) => command === "runs.fork")?.payload;
  expect(asked).toMatchObject({
    ...{ id, epoch: 1, name: "Mine: batches of 256 images" },
    specification: { loop: { batchSize: 256 } },
  });
  expect(shell.printed()).toMatch(/^Run +child$/m);
});

it("starts a new run where the remedy needs other weights", async () => {
  const shell = ill([finding]);
  expect(await shell.run("diagnose", "last", "--try", "2")).toBe(0);
  const asked = shell.api.calls.find(({ command }) => command === "runs.start")?.payload;
  expect(asked).toMatchObject({ name: "Mine: another seed", specification: { seed: 99 } });
});

it("refuses a remedy that there is not", async () => {
  const shell = ill([finding]);
  expect(await shell.run("diagnose", "last", "--try", "3")).toBe(2);
  expect(shell.said()).toContain(`There is no remedy 3: ${id} has 2 remedies.`);
  const well = ill([]);
  expect(await well.run("diagnose", "last", "--try", "1")).toBe(2);
  expect(well.said()).toContain("has no remedies");
});
