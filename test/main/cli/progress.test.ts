import { expect, it } from "vitest";
import { createReporter } from "../../../main/cli/progress.ts";
import { createFakeShell, drawnTerminal } from "./fake-shell.ts";
import { progressAt } from "./training.ts";

const start = { ...progressAt(0), imagesPerSecond: NaN, secondsLeft: NaN };

it("draws steps as numbers are written elsewhere, and no speed before there is one", async () => {
  const { terminal, drawn } = drawnTerminal();
  const reporter = await createReporter(createFakeShell({}, { terminal }));
  reporter.progress({ ...start, totalSteps: 7850 }, null);
  reporter.end();
  expect(drawn()).toContain("0%  step 0 of 7,850");
  expect(drawn()).not.toMatch(/NaN|left/);
});

it("says no speed before there is one where no bar can be drawn", async () => {
  const shell = createFakeShell();
  const reporter = await createReporter(shell);
  shell.wait(10_000);
  reporter.progress(start, null);
  shell.wait(10_000);
  reporter.progress(progressAt(1), { discriminator: 1, generator: 2 });
  expect(shell.said()).toBe(
    "step 0 of 300\nstep 1 of 300  D 1.000  G 2.000  12,800 img/s  1 min 15 s left\n",
  );
});
