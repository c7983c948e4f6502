import { describe, expect, it } from "vitest";
import type { Reproduction } from "../../../main/contract/family.ts";
import { createFakeShell } from "./fake-shell.ts";
import { list } from "./short-run.ts";

describe("reproduce", () => {
  const result: Reproduction = {
    ...{ id: "run-1", outcome: "equal", from: 0, step: 8, measured: 8, checkpoints: 2 },
    ...{ difference: null, caveats: [] },
  };

  it("says in one sentence that all is equal", async () => {
    const shell = createFakeShell({ "runs.list": list, "runs.reproduce": () => result });
    expect(await shell.run("reproduce", "last")).toBe(0);
    expect(shell.printed()).toBe(
      "Equal in all 8 steps: 8 measured steps and 2 checkpoints compared.\n",
    );
  });

  it("names the first step and measure that differ and by how much, and is no success", async () => {
    const different: Reproduction = {
      ...{ ...result, outcome: "different", step: 6 },
      difference: { step: 6, measure: "scoreReal", then: 0.5, now: 0.75 },
      caveats: ["Other surroundings than then."],
    };
    const shell = createFakeShell({ "runs.list": list, "runs.reproduce": () => different });
    expect(await shell.run("reproduce", "last", "--steps", "7")).toBe(1);
    expect(shell.printed()).toContain(
      "Different from step 6 on: scoreReal was 0.5 and is 0.75, 2.50e-1 apart",
    );
    expect(shell.printed()).toContain("Other surroundings than then.\n");
    expect(shell.api.calls.at(-1)?.payload).toEqual({ id: "run-1", steps: 7 });
  });

  it("is cancelled by Ctrl-C", async () => {
    const { promise, resolve } = Promise.withResolvers<Reproduction>();
    const shell = createFakeShell({
      "runs.list": list,
      "runs.reproduce": () => promise,
      "runs.cancelReproduce": () => {
        resolve({ ...result, outcome: "cancelled", step: 3, measured: 3, checkpoints: 0 });
        return { cancelled: true };
      },
    });
    const over = shell.run("reproduce", "last");
    await new Promise((ready) => setTimeout(ready, 20));
    shell.interrupt();
    expect(await over).toBe(130);
    expect(shell.printed()).toContain("Cancelled at step 3");
  });
});
