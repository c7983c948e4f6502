import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { endedAsBystander } from "../../../../main/api/sessions/bystander.ts";
import { nodeSessionHost } from "../../../../main/api/sessions/node-host.ts";
import type { SessionExit } from "../../../../main/api/sessions/host.ts";
import type { FromSession, ToSession } from "../../../../main/training/messages.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

/** A session that ends itself by `signal` in its first `times` starts, at the place `when`. */
function hitBy(signal: string, times: number, when: "loading" | "answered") {
  const folder = temporaryFolder();
  const starts = join(folder, "starts");
  const entry = join(folder, "session.mjs");
  writeFileSync(
    entry,
    `import { appendFileSync, readFileSync } from "node:fs";
     appendFileSync(${JSON.stringify(starts)}, "x");
     const hit = readFileSync(${JSON.stringify(starts)}).length <= ${String(times)};
     const fall = () => { process.kill(process.pid, "${signal}"); };
     if (hit && "${when}" === "loading") { fall(); await new Promise((r) => setTimeout(r, 60_000)); }
     process.on("message", (message) => {
       process.send(message, () => {
         if (message.type !== "stop") return;
         if (hit) fall(); else process.exit(0);
       });
     });`,
  );
  const startsOf = () => (existsSync(starts) ? readFileSync(starts).length : 0);
  return { entry, startsOf };
}

const pause: ToSession = { type: "pause" };
const stop: ToSession = { type: "stop" };

/** Sends pause and stop at once; what the session sent back, and how it ended. */
function told(entry: string, then: (kill: () => void) => void = () => undefined) {
  const session = nodeSessionHost(entry).start();
  const heard: FromSession[] = [];
  session.onMessage((message) => heard.push(message));
  const ended = new Promise<SessionExit>((resolve) => {
    session.onExit(resolve);
  });
  session.send(pause);
  session.send(stop);
  then(() => {
    session.kill();
  });
  return ended.then((exit) => ({ exit, heard }));
}

const standStill = (milliseconds: number) =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

// Windows has no signals that a program could send itself.
const onPosix = it.skipIf(process.platform === "win32");

onPosix.each(["SIGINT", "SIGTERM", "SIGHUP"])(
  "starts a session again that %s ended while it loaded, and tells it everything again",
  async (signal) => {
    const { entry, startsOf } = hitBy(signal, 1, "loading");
    const { exit, heard } = await told(entry);
    expect(exit).toMatchObject({ code: 0, signal: null });
    expect(heard).toEqual([pause, stop]);
    expect(startsOf()).toBe(2);
  },
);

onPosix("gives up on a session that is ended again and again", async () => {
  const { entry, startsOf } = hitBy("SIGINT", 100, "loading");
  const { exit, heard } = await told(entry);
  expect(exit).toMatchObject({ code: null, signal: "SIGINT" });
  expect(heard).toEqual([]);
  expect(startsOf()).toBe(3);
});

onPosix("takes the end of a session that had answered for what it is", async () => {
  const { entry, startsOf } = hitBy("SIGINT", 1, "answered");
  const { exit } = await told(entry);
  expect(exit).toMatchObject({ code: null, signal: "SIGINT" });
  expect(startsOf()).toBe(1);
});

onPosix("does not start a session again that crashed", async () => {
  const { entry, startsOf } = hitBy("SIGSEGV", 1, "loading");
  const { exit } = await told(entry);
  expect(exit).toMatchObject({ code: null, signal: "SIGSEGV" });
  expect(startsOf()).toBe(1);
});

onPosix("does not start a session again that its owner has ended", async () => {
  const { entry, startsOf } = hitBy("SIGINT", 100, "loading");
  await told(entry, (kill) => {
    // The owner stands still until the session has fallen, and ends it before it hears of that.
    while (startsOf() === 0) standStill(10);
    standStill(100);
    kill();
  });
  expect(startsOf()).toBe(1);
});

it("knows a Ctrl-C on Windows by its code", () => {
  expect(endedAsBystander(0xc000013a, null)).toBe(true);
  expect(endedAsBystander(1, null)).toBe(false);
  expect(endedAsBystander(0, null)).toBe(false);
});
