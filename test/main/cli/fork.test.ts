/** `fork` and `set`: a run that goes on with other settings. */
import { describe, expect, it } from "vitest";
import type { Specification } from "../../../main/spec/specification.ts";
import { runSummary } from "../../support/fake-api.ts";
import { createFakeShell } from "./fake-shell.ts";
import { detail, list, run } from "./short-run.ts";

describe("fork", () => {
  it("starts from the settings that held at that epoch, changed as asked", async () => {
    const child = runSummary({ id: "run-2", status: "finished", epoch: 5 });
    const shell = createFakeShell({
      "runs.list": list,
      "runs.get": ({ id }) => (id === "run-1" ? detail : { ...detail, run: child }),
      "runs.fork": () => child,
    });
    const words = ["--epoch", "1", "--set", "k=2", "--epochs", "5", "--name", "Bold"];
    const { code, document } = await shell.json("fork", "run-1", ...words);
    expect(code).toBe(0);
    expect(document).toMatchObject({ id: "run-2", status: "finished" });
    const asked = shell.api.calls.find(({ command }) => command === "runs.fork")?.payload;
    expect(asked).toMatchObject({ id: "run-1", epoch: 1, name: "Bold" });
    const sent = (asked as { specification: Specification }).specification;
    expect(sent.optimizers.generator.learningRate).toBe(0.001);
    expect(sent.loop).toMatchObject({ discriminatorSteps: 2, epochs: 5 });
  });
});

describe("set", () => {
  it("sends what is named, and wants something", async () => {
    const shell = createFakeShell({ "runs.list": list, "runs.set": () => run });
    const words = ["--generator-rate", "2e-4", "--discriminator-steps", "5"];
    expect(await shell.run("set", "last", ...words)).toBe(0);
    expect(shell.api.calls.at(-1)?.payload).toEqual({
      ...{ id: "run-1", learningRates: { generator: 0.0002 }, discriminatorSteps: 5 },
    });
    expect(await shell.run("set", "last")).toBe(2);
  });
});
