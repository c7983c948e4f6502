/** The order of the steps, and that an interrupted one is repeated. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packagesAreInstalled, packagesKey } from "../../../scripts/setup/packages.mjs";
import { SetupProblem } from "../../../scripts/setup/problem.mjs";
import { writeStamp } from "../../../scripts/setup/stamp.mjs";
import { runSteps, type SetupStep } from "../../../scripts/setup/steps.mjs";
import { emptyProject, write } from "../support.ts";

/** A step that leaves a file when it succeeds, and half its work in the cache when it does not. */
function fileStep(name: string, fails = false): SetupStep {
  return {
    name,
    label: name,
    isDone: ({ places }) => existsSync(join(places.stamps, name)),
    run({ places }) {
      write(join(places.unfinished, "half"));
      if (fails) return Promise.reject(new SetupProblem(`${name} is broken`));
      write(join(places.stamps, name));
      return Promise.resolve("done");
    },
  };
}

describe("the steps", () => {
  it("run in their order, each reported in one line", async () => {
    const { context, said } = emptyProject();
    await runSteps(context, [fileStep("one"), fileStep("two")]);
    expect(said).toEqual(["one: done", "two: done"]);
    expect(existsSync(context.places.lock)).toBe(false);
  });

  it("say and write nothing when all are done", async () => {
    const { context, said } = emptyProject();
    await runSteps(context, [fileStep("one")]);
    said.length = 0;
    write(join(context.places.unfinished, "half"));
    await runSteps(context, [fileStep("one")]);
    expect(said).toEqual([]);
    // Untouched: another set-up may be at work there.
    expect(existsSync(join(context.places.unfinished, "half"))).toBe(true);
  });

  it("stop at the first that fails, and go on from there the next time", async () => {
    const { context, said } = emptyProject();
    await expect(
      runSteps(context, [fileStep("one"), fileStep("two", true), fileStep("three")]),
    ).rejects.toThrow("two is broken");
    expect(said).toEqual(["one: done"]);
    expect(existsSync(context.places.lock)).toBe(false);
    await runSteps(context, [fileStep("one"), fileStep("two"), fileStep("three")]);
    expect(said).toEqual(["one: done", "two: done", "three: done"]);
  });

  it("clear away what a killed set-up left unfinished", async () => {
    const { context } = emptyProject();
    write(join(context.places.unfinished, "left"));
    await runSteps(context, [fileStep("one")]);
    expect(existsSync(join(context.places.unfinished, "left"))).toBe(false);
  });
});

describe("installed packages", () => {
  const stamp = (root: string) => join(root, "node_modules/.gan-studio/packages.json");

  it("are those of the present lock file", () => {
    const { context } = emptyProject();
    expect(packagesAreInstalled(context)).toBe(false);
    writeStamp(stamp(context.places.root), { key: packagesKey(context) });
    expect(packagesAreInstalled(context)).toBe(true);
    write(join(context.places.root, "package-lock.json"), '{ "changed": true }');
    expect(packagesAreInstalled(context)).toBe(false);
  });

  it("do not serve another platform", () => {
    const { context } = emptyProject();
    writeStamp(stamp(context.places.root), { key: packagesKey(context) });
    expect(packagesAreInstalled({ ...context, arch: "riscv64" })).toBe(false);
  });
});
