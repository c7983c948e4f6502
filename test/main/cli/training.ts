/** An api whose runs go on as a test tells, and what was started in it. */
import { expect } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import type { Progress, RunSummary } from "../../../main/contract/runs.ts";
import { builtInDigits } from "../../../main/spec/data.ts";
import { presetOf } from "../../../main/spec/presets.ts";
import type { Specification } from "../../../main/spec/specification.ts";
import { measurements, runSummary } from "../../support/fake-api.ts";
import { createFakeShell, type FakeShell } from "./fake-shell.ts";

export const preset = presetOf("lsgan-dc").specification;
export const digits = {
  ...{ id: "digits", name: "Digits", source: builtInDigits, length: 20_000 },
  ...{ image: { height: 28, width: 28, channels: 1 as const }, classCounts: [] },
};

export const progressAt = (step: number): Progress => ({
  ...{ id: runSummary().id, step, epoch: 0, stepsPerEpoch: 100, totalSteps: 300 },
  ...{ millisecondsPerStep: 10, imagesPerSecond: 12_800.4, secondsLeft: 75 },
  measurements: measurements([step], 0.2345),
});

/** An api whose runs go on as the test tells. */
export function training(changes: Partial<Handlers> = {}) {
  let last = runSummary({ status: "starting", engine: null });
  let started: () => void = () => undefined;
  const running = new Promise<void>((resolve) => {
    started = resolve;
  });
  const begin = () => {
    setImmediate(started);
    return last;
  };
  const shell: FakeShell = createFakeShell({
    "datasets.list": () => ({ datasets: [digits] }),
    "runs.start": begin,
    "runs.resume": begin,
    "runs.list": () => ({ runs: [runSummary({ status: "stopped" })], total: 1 }),
    "runs.get": () => ({
      ...{ run: last, specification: preset },
      ...{ samples: [], checkpoints: [], bytes: 0, events: [] },
    }),
    "runs.stop": () => {
      setImmediate(() => {
        become({ status: "stopped" });
      });
      return last;
    },
    ...changes,
  });
  const become = (news: Partial<RunSummary>) => {
    last = { ...last, ...news };
    shell.api.emit("run.changed", last);
  };
  return { shell, running, become };
}

export const startedWith = (shell: FakeShell) =>
  shell.api.calls.find(({ command }) => command === "runs.start")?.payload as {
    specification: Specification;
    engine: string;
    name?: string;
  };

export async function trained(words: string[]): Promise<FakeShell> {
  const { shell, running, become } = training();
  const code = shell.run("train", ...words);
  await running;
  become({ status: "finished", epoch: 3, step: 300 });
  expect(await code).toBe(0);
  return shell;
}
