import { describe, expect, it } from "vitest";
import type { ImportedRun, WrittenBundle } from "../../../main/contract/bundles.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { runSummary } from "../../support/fake-api.ts";
import { createFakeShell } from "./fake-shell.ts";

const run = runSummary({ status: "finished", step: 8, epoch: 3 });
const written: WrittenBundle = {
  ...{ path: "/work/x.ganrun", bytes: 2048, sha256: "ab".repeat(32), checkpoints: 2, samples: 1 },
  leftOut: [],
};
const imported: ImportedRun = {
  ...{ run, outcome: "imported", formerId: null, advice: null, step: 8, difference: 0 },
};
const list = () => ({ runs: [run], total: 1 });

describe("gan-studio bundle", () => {
  it("writes the run beside the user, under its id or the given name", async () => {
    const shell = createFakeShell({ "runs.list": list, "runs.bundle": () => written });
    expect(await shell.run("bundle", "last")).toBe(0);
    expect(await shell.run("bundle", "last", "--out", "x.ganrun", "--last", "--force")).toBe(0);
    const asked = shell.api.calls.filter(({ command }) => command === "runs.bundle");
    expect(asked.map(({ payload }) => payload)).toEqual([
      { id: run.id, path: `/work/${run.id}.ganrun`, last: false, overwrite: false },
      { id: run.id, path: "/work/x.ganrun", last: true, overwrite: true },
    ]);
    expect(shell.printed()).toContain("2.0 KiB");
    expect(shell.printed()).toContain("gan-studio import /work/x.ganrun");
    expect(shell.listening() + shell.api.listeners()).toBe(0);
  });

  it("names what had to be left out", async () => {
    const leftOut = ["checkpoints/step-000000004.safetensors"];
    const shell = createFakeShell({
      "runs.list": list,
      "runs.bundle": () => ({ ...written, leftOut }),
    });
    await shell.run("bundle", "last");
    expect(shell.printed()).toContain(`${leftOut[0]}: damaged or missing`);
  });

  it("says how a file that exists can be replaced", async () => {
    const shell = createFakeShell({
      "runs.list": list,
      "runs.bundle": () => {
        throw new Problem("file.exists", "/work/x.ganrun exists already.");
      },
    });
    expect(await shell.run("bundle", "last", "--out", "x.ganrun")).toBe(1);
    expect(shell.said()).toContain("To replace it: --force.");
  });

  it("tells how far it is, and is called off by Ctrl-C", async () => {
    const path = "/work/x.ganrun";
    const { promise, reject } = Promise.withResolvers<WrittenBundle>();
    const shell = createFakeShell({
      "runs.list": list,
      "runs.bundle": () => promise,
      "runs.cancelBundle": () => {
        reject(new Problem("bundle.cancelled", `${path} was called off.`));
        return { cancelled: true };
      },
    });
    const ended = shell.run("bundle", "last", "--out", path);
    await expect.poll(() => shell.listening()).toBe(1);
    shell.wait(6000);
    shell.api.emit("bundle.progress", { path, stage: "writing", done: 1024, total: 2048 });
    shell.api.emit("bundle.progress", { path: "/other", stage: "checking", done: 1, total: 1 });
    expect(shell.said()).toBe("Writing: 1.0 KiB of 2.0 KiB\n");
    shell.interrupt();
    expect(await ended).toBe(130);
    expect(shell.api.calls.at(-1)).toEqual({ command: "runs.cancelBundle", payload: { path } });
    expect(shell.said()).toContain("was called off");
  });
});

describe("gan-studio import", () => {
  const importing = (changes: Partial<ImportedRun> = {}) =>
    createFakeShell({ "runs.import": () => ({ ...imported, ...changes }) });

  it("says that the images are identical, and what to do next", async () => {
    const shell = importing();
    expect(await shell.run("import", "x.ganrun")).toBe(0);
    expect(shell.api.calls).toEqual([
      { command: "runs.import", payload: { path: "/work/x.ganrun" } },
    ]);
    expect(shell.printed()).toContain("the images of step 8, drawn again, are identical");
    expect(shell.printed()).toContain(`gan-studio resume ${run.id}`);
  });

  it("says by how much they differ, and what that may mean", async () => {
    const shell = importing({ difference: 2 });
    await shell.run("import", "x.ganrun");
    expect(shell.printed()).toContain("at most 2 of 255 grey levels away");
    expect(shell.printed()).toContain("Another engine or machine may differ by a little");
  });

  it("says what is missing: images, the id, the data set", async () => {
    const shell = importing({
      ...{ step: null, difference: null, formerId: "old-id" },
      advice: "Its data set «faces» is not on the list here.",
    });
    await shell.run("import", "x.ganrun");
    expect(shell.printed()).toContain("no checkpoint with images to draw again");
    expect(shell.printed()).toContain("old-id, which another run here has");
    expect(shell.printed()).toContain("«faces» is not on the list here");
    expect(shell.printed()).not.toContain("resume");
  });

  it("says that a run is already there", async () => {
    const shell = importing({ outcome: "known", step: null, difference: null });
    await shell.run("import", "x.ganrun");
    expect(shell.printed()).toContain("Already there");
    expect(shell.printed()).toContain("nothing was changed");
  });

  it("says that a run which was there trains on other data now", async () => {
    const shell = importing({ outcome: "updated", step: null, difference: null });
    await shell.run("import", "x.ganrun");
    expect(shell.printed()).toContain("from now on it trains on the data set that was named");
  });

  it("takes a data set of the list in place of the run's own", async () => {
    const digits = { kind: "digits", count: 20_000, seed: 1 } as const;
    const shell = createFakeShell({
      "datasets.list": () => ({
        datasets: [
          {
            ...{ id: "digits", source: digits, name: "Digits", length: 20_000 },
            ...{ image: { height: 28, width: 28, channels: 1 }, classCounts: [] },
          },
        ],
      }),
      "runs.import": () => imported,
    });
    expect(await shell.run("import", "x.ganrun", "--data", "digits")).toBe(0);
    expect(shell.api.calls.at(-1)?.payload).toEqual({ path: "/work/x.ganrun", data: digits });
    expect(await shell.run("import", "x.ganrun", "--data", "faces")).toBe(1);
    expect(shell.said()).toContain("There is no data set «faces»");
  });

  it("passes on why a bundle was refused", async () => {
    const shell = createFakeShell({
      "runs.import": () => {
        throw new Problem("bundle.invalid", "x.ganrun cannot be imported: it is cut off.");
      },
    });
    const { code, document } = await shell.json("import", "x.ganrun");
    expect(code).toBe(1);
    expect(document).toMatchObject({ error: { code: "bundle.invalid" } });
  });
});
