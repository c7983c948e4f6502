/**
 * One set-up at a time: a lock file in the cache folder that names its owner and
 * the program that the owner is running. When the owner was killed, the next
 * set-up ends the program it left behind (an orphaned `npm ci` would write into
 * the same folder) and takes the lock over.
 */
import { randomBytes } from "node:crypto";
import {
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endProcessTree } from "./command.mjs";
import { SetupProblem } from "./problem.mjs";
import { processIdentity } from "./process-identity.mjs";
import { readStamp, writeStamp } from "./stamp.mjs";

const HEARTBEAT = 5_000;
/** A lock of another machine (a shared home folder) is dead when its heartbeat stops. */
const FOREIGN_DEATH = 60_000;
const POLL = 200;

/**
 * @param {string} path
 * @param {{ onWait?: (pid: number) => void, patience?: number }} [options] patience in milliseconds
 * @returns {Promise<{ adopt(pid: number | null): void, release(): void }>} `adopt` notes the program
 *   that now runs for the owner
 * @throws {SetupProblem} when another set-up holds the lock longer than `patience`
 */
export async function takeLock(path, { onWait, patience = 45 * 60_000 } = {}) {
  mkdirSync(dirname(path), { recursive: true });
  const owner = {
    token: randomBytes(8).toString("hex"),
    pid: process.pid,
    identity: processIdentity(process.pid),
    host: hostname(),
    child: /** @type {string | null} */ (null),
  };
  const started = Date.now();
  let told = false;
  for (;;) {
    if (createExclusive(path, owner)) break;
    const holder = readStamp(path);
    if (holder && isDead(holder, path)) {
      if (await takeOver(path, holder, owner)) break;
    } else if (holder && !told) {
      told = true;
      onWait?.(holder.pid);
    }
    if (Date.now() - started > patience) {
      throw new SetupProblem(
        `Another set-up (process ${holder?.pid ?? "unknown"}) has held ${path} for too long. ` +
          "End that process, or delete the file, and run the same command again.",
      );
    }
    await sleep(POLL);
  }
  const heartbeat = setInterval(() => touch(path), HEARTBEAT);
  heartbeat.unref();
  return {
    adopt(pid) {
      owner.child = pid === null ? null : processIdentity(pid);
      writeStamp(path, owner);
    },
    release() {
      clearInterval(heartbeat);
      if (readStamp(path)?.token === owner.token) rmSync(path, { force: true });
    },
  };
}

/**
 * Creates the file with its content in one go: a hard link, unlike an exclusive open, is never seen empty.
 * @param {string} path
 * @param {object} content
 * @returns {boolean} false when it exists
 */
function createExclusive(path, content) {
  const draft = `${path}.${randomBytes(8).toString("hex")}`;
  writeFileSync(draft, JSON.stringify(content));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * @param {Record<string, any>} holder
 * @param {string} path
 */
function isDead(holder, path) {
  if (holder.host !== hostname()) {
    const status = statSync(path, { throwIfNoEntry: false });
    return status !== undefined && Date.now() - status.mtimeMs > FOREIGN_DEATH;
  }
  return processIdentity(holder.pid) !== holder.identity;
}

/**
 * The marker is named after the dead owner, so that of many waiting set-ups exactly one replaces that lock.
 * @param {string} path
 * @param {Record<string, any>} dead
 * @param {object} owner
 */
async function takeOver(path, dead, owner) {
  const marker = `${path}.${dead.token}.taken`;
  if (!createExclusive(marker, owner)) {
    const status = statSync(marker, { throwIfNoEntry: false });
    // Its maker died between two system calls; clear the way after a while.
    if (status && Date.now() - status.mtimeMs > FOREIGN_DEATH) rmSync(marker, { force: true });
    return false;
  }
  try {
    if (readStamp(path)?.token !== dead.token) return false;
    if (typeof dead.child === "string" && dead.host === hostname()) {
      await endOrphan(dead.child);
    }
    const draft = `${path}.${randomBytes(8).toString("hex")}`;
    writeFileSync(draft, JSON.stringify(owner));
    renameSync(draft, path);
    return true;
  } finally {
    rmSync(marker, { force: true });
  }
}

/** @param {string} identity as `processIdentity` gave it */
async function endOrphan(identity) {
  const pid = Number.parseInt(identity, 10);
  for (let tries = 0; tries < 50 && processIdentity(pid) === identity; tries++) {
    endProcessTree(pid);
    await sleep(100);
  }
}

/** @param {string} path */
function touch(path) {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Gone: someone deleted the lock by hand, as the message above allows.
  }
}
