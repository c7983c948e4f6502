/** One set-up at a time, and what happens to the lock of one that was killed. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { takeLock } from "../../../scripts/setup/lock.mjs";
import { processIdentity } from "../../../scripts/setup/process-identity.mjs";
import { readStamp, writeStamp } from "../../../scripts/setup/stamp.mjs";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const lockPath = () => join(temporaryFolder(), "setup.lock");
const dead = {
  token: "dead",
  pid: 2 ** 22 + 1,
  identity: "4194305@1",
  host: hostname(),
  child: null,
};

describe("the lock", () => {
  it("is gone after its release, and nothing else is left", async () => {
    const path = lockPath();
    const lock = await takeLock(path);
    expect(existsSync(path)).toBe(true);
    lock.release();
    expect(readdirSync(dirname(path))).toEqual([]);
  });

  it("is waited for while its owner lives", async () => {
    const path = lockPath();
    const first = await takeLock(path);
    const told: number[] = [];
    const second = takeLock(path, { onWait: (pid) => void told.push(pid) });
    await expect.poll(() => told).toEqual([process.pid]);
    first.release();
    (await second).release();
    expect(existsSync(path)).toBe(false);
  });

  it("is given up with a clear message when the owner never ends", async () => {
    const path = lockPath();
    const lock = await takeLock(path);
    await expect(takeLock(path, { patience: 0 })).rejects.toThrow(/Another set-up .* too long/);
    lock.release();
  });

  it("is taken over from an owner that was killed", async () => {
    const path = lockPath();
    writeStamp(path, dead);
    const lock = await takeLock(path, { patience: 5000 });
    expect(readStamp(path)?.pid).toBe(process.pid);
    lock.release();
    expect(readdirSync(dirname(path))).toEqual([]);
  });

  it("is taken over from a dead owner whose number another program bears now", async () => {
    const path = lockPath();
    writeStamp(path, { ...dead, pid: process.pid });
    (await takeLock(path, { patience: 5000 })).release();
    expect(existsSync(path)).toBe(false);
  });

  it("is taken over by exactly one of many at a time", async () => {
    const path = lockPath();
    writeStamp(path, dead);
    let inside = 0;
    let most = 0;
    const turns = Array.from({ length: 4 }, async () => {
      const lock = await takeLock(path);
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
      lock.release();
    });
    await Promise.all(turns);
    expect(most).toBe(1);
  });

  it("of a killed owner ends the program that the owner left behind", async () => {
    const path = lockPath();
    const orphan = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], {
      detached: true,
      stdio: "ignore",
    });
    await once(orphan, "spawn");
    writeStamp(path, { ...dead, child: processIdentity(orphan.pid!) });
    const ended = once(orphan, "exit");
    (await takeLock(path, { patience: 10_000 })).release();
    expect((await ended)[1]).toBe("SIGKILL");
  });

  it("never ends a program that merely bears the orphan's number", async () => {
    const path = lockPath();
    writeStamp(path, { ...dead, child: `${process.pid}@0` });
    (await takeLock(path, { patience: 5000 })).release();
    expect(processIdentity(process.pid)).not.toBeNull();
  });
});
