// @vitest-environment node
import { expect, test } from "vitest";
import { createListeners } from "../../../../renderer/shared/transport/listeners.ts";
import { exampleRun } from "../../examples.ts";

test("only an event's own listeners hear it, and none after stopping", () => {
  const listeners = createListeners();
  const heard: string[] = [];
  const stop = listeners.subscribe("run.changed", ({ id }) => heard.push(id));
  listeners.subscribe("run.sampled", () => heard.push("sampled"));
  listeners.announce("run.changed", exampleRun());
  stop();
  listeners.announce("run.changed", exampleRun());
  expect(heard).toEqual(["run-1"]);
});

test("the same function can listen twice, and each stop ends one of them", () => {
  const listeners = createListeners();
  let calls = 0;
  const listener = () => (calls += 1);
  const stop = listeners.subscribe("run.changed", listener);
  listeners.subscribe("run.changed", listener);
  listeners.announce("run.changed", exampleRun());
  stop();
  listeners.announce("run.changed", exampleRun());
  expect(calls).toBe(3);
});

test("events that nobody knows are dropped", () => {
  const listeners = createListeners();
  for (const event of ["no.such", "constructor", "__proto__", 7, undefined])
    expect(() => {
      listeners.announce(event, {});
    }).not.toThrow();
});
