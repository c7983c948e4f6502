// @vitest-environment node
import { expect, test } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { outcomeOf, Reproducing } from "../../../renderer/train/reproducing.svelte.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";

const event = (kind: string, detail = "") => ({ at: 5, step: 9, kind, detail });

function open(answers: Partial<Handlers> = {}) {
  const transport = createFakeTransport(answers);
  const reproducing = new Reproducing(createStudio(transport), "run-1");
  reproducing.open();
  return { transport, reproducing };
}

test("the newest outcome is read from the run's events", () => {
  expect(outcomeOf([event("started")])).toBeNull();
  const both = [
    event("reproduced", "Equal."),
    event("not reproduced", "Different."),
    event("saved"),
  ];
  expect(outcomeOf(both)).toEqual({ at: 5, isEqual: false, text: "Different." });
  expect(outcomeOf(both.slice(0, 1))?.isEqual).toBe(true);
});

test("one that another page began is followed to its end", () => {
  const { transport, reproducing } = open();
  transport.emit("run.reproducing", { id: "another", step: 1, totalSteps: 9 });
  expect(reproducing.isRunning).toBe(false);
  transport.emit("run.reproducing", { id: "run-1", step: 3, totalSteps: 9 });
  expect(reproducing.progress?.step).toBe(3);
  transport.emit("run.event", { id: "run-1", event: event("exported") });
  expect(reproducing.isRunning).toBe(true);
  transport.emit("run.event", { id: "run-1", event: event("reproduced") });
  expect(reproducing.isRunning).toBe(false);
});

test("it is asked for once, with so many steps as are wanted, and tells why it could not be done", async () => {
  const { promise, reject } = Promise.withResolvers<never>();
  const { transport, reproducing } = open({ "runs.reproduce": () => promise });
  const begun = reproducing.start(100);
  await reproducing.start();
  expect(transport.asked.filter(({ command }) => command === "runs.reproduce")).toEqual([
    { command: "runs.reproduce", payload: { id: "run-1", steps: 100 } },
  ]);
  reject(new Problem("data.missing", "The data set is gone."));
  await begun;
  expect(reproducing.isRunning).toBe(false);
  expect(reproducing.problem).toBe("The data set is gone.");
});
