import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import type { SessionExit } from "../../../main/api/sessions/host.ts";
import { outcomeOf, utilitySessionHost } from "../../../main/electron/session-host.ts";
import { FakeUtilityProcess } from "./fake-electron.ts";

function hosted() {
  const app = new EventEmitter();
  const processes: FakeUtilityProcess[] = [];
  const host = utilitySessionHost({
    fork: (path, _words, options) => {
      const child = new FakeUtilityProcess(path, options);
      processes.push(child);
      return child.asElectrons();
    },
    app: app as never,
    entry: "/built/session.js",
    environment: { PATH: "/bin", SECRET_TOKEN: "x" },
    platform: "linux",
  });
  const start = () => {
    const session = host.start();
    const child = processes.at(-1)!;
    const exit = new Promise<SessionExit>((resolve) => {
      session.onExit(resolve);
    });
    return { session, child, exit };
  };
  return { app, start };
}

it("starts the built entry, without the secrets of its own environment", () => {
  const { child } = hosted().start();
  expect(child.path).toBe("/built/session.js");
  expect(child.options.env).toMatchObject({ PATH: "/bin" });
  expect(child.options.env).not.toHaveProperty("SECRET_TOKEN");
});

it("carries messages both ways as structured clones", () => {
  const { session, child } = hosted().start();
  const received: unknown[] = [];
  session.onMessage((message) => received.push(message));
  session.send({ type: "pause" });
  child.emit("message", { type: "ended", outcome: "finished" });
  expect(child.posted).toEqual([{ type: "pause" }]);
  expect(received).toEqual([{ type: "ended", outcome: "finished" }]);
});

it("tells an orderly end by its exit code and the last words", async () => {
  const { child, exit } = hosted().start();
  child.spawn();
  child.stderr.emit("data", Buffer.from("cannot load the library\n"));
  child.exit(3);
  expect(await exit).toEqual({ code: 3, signal: null, lastWords: "cannot load the library" });
});

it.each(["before", "after"])(
  "tells a violent end by its signal, its reason known %s the exit",
  async (order) => {
    const { app, start } = hosted();
    const { child, exit } = start();
    const gone = () =>
      app.emit("child-process-gone", {}, { reason: "oom", name: child.options.serviceName });
    if (order === "before") gone();
    child.exit(9);
    if (order === "after") gone();
    expect(await exit).toMatchObject({ code: null, signal: "SIGKILL" });
    expect(app.listenerCount("child-process-gone")).toBe(0);
  },
);

it("does not take another session's end for its own", async () => {
  const { app, start } = hosted();
  const [one, two] = [start(), start()];
  expect(one.child.options.serviceName).not.toBe(two.child.options.serviceName);
  app.emit("child-process-gone", {}, { reason: "crashed", name: two.child.options.serviceName });
  one.child.exit(6);
  expect(await one.exit).toMatchObject({ code: 6, signal: null });
});

it("posts nothing to a process that has ended, not even from a listener of its end", async () => {
  const { start } = hosted();
  const { session, child, exit } = start();
  child.on("exit", () => {
    session.send({ type: "stop" });
  });
  child.exit(0);
  await exit;
  session.send({ type: "stop" });
  session.kill();
  expect(child.posted).toEqual([]);
  expect(child.kills).toBe(0);
});

it("ends a process that is still being created as soon as it is", () => {
  const { session, child } = hosted().start();
  session.kill();
  expect(child.kills).toBe(0);
  child.spawn();
  expect(child.kills).toBe(1);
  session.kill();
  expect(child.kills).toBe(2);
});

describe("what Electron says about an end", () => {
  it.each([
    [0, null, "linux", { code: 0, signal: null }],
    [9, null, "linux", { code: 9, signal: null }],
    [9, "abnormal-exit", "linux", { code: 9, signal: null }],
    [9, "killed", "linux", { code: null, signal: "SIGKILL" }],
    [6, "crashed", "darwin", { code: null, signal: "SIGABRT" }],
    // The core-dump bit of the wait status.
    [139, "crashed", "linux", { code: null, signal: "SIGSEGV" }],
    [0, "crashed", "linux", { code: 0, signal: null }],
    [-1_073_741_819, "crashed", "win32", { code: -1_073_741_819, signal: null }],
  ] as const)("reads %s, %s on %s", (status, reason, platform, expected) => {
    expect(outcomeOf(status, reason, platform)).toEqual(expected);
  });
});
