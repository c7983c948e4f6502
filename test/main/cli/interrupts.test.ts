import { expect, it } from "vitest";
import { listeningShell } from "../../../main/cli/interrupts.ts";
import { createFakeShell } from "./fake-shell.ts";

it("remembers the first interrupt, also when nobody listens any more", () => {
  const world = createFakeShell();
  const { shell, interruptCode } = listeningShell(world);
  expect(interruptCode()).toBeNull();
  const stop = shell.onInterrupt(() => undefined);
  world.interrupt("SIGTERM");
  world.wait(1000);
  world.interrupt("SIGINT");
  stop();
  expect(interruptCode()).toBe(143);
  expect(world.listening()).toBe(0);
});

it("takes the echo of a signal for the same one", () => {
  const world = createFakeShell();
  const { shell } = listeningShell(world);
  const heard: string[] = [];
  shell.onInterrupt((signal) => heard.push(signal));
  world.interrupt("SIGTERM");
  world.interrupt("SIGTERM");
  world.wait(249);
  world.interrupt("SIGINT");
  expect(heard).toEqual(["SIGTERM"]);
  world.wait(250);
  world.interrupt("SIGINT");
  expect(heard).toEqual(["SIGTERM", "SIGINT"]);
});
