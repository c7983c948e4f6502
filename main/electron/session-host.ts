/**
 * Sessions as utility processes of Electron. `child_process.fork` would need a fuse that lets the
 * packaged app run as a plain Node, which any local program could then abuse.
 */
import type { App, Details, Event, ForkOptions, UtilityProcess } from "electron";
import { constants } from "node:os";
import { sessionEnvironment } from "../api/sessions/environment.ts";
import type { SessionExit, SessionHost, SessionProcess } from "../api/sessions/host.ts";
import { createLastWords } from "../api/sessions/last-words.ts";

export interface UtilityParts {
  fork: (path: string, words: string[], options: ForkOptions) => UtilityProcess;
  /** Tells why child processes went; `exit` alone does not. */
  app: Pick<App, "on" | "off">;
  /** Path of the built session entry. */
  entry: string;
  environment: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
}

/** Reasons of `child-process-gone` after which no exit code was given. */
const violent: ReadonlySet<string> = new Set(["killed", "crashed", "oom"]);

/** Time for what comes just after an exit: its reason, and the end of standard error. */
const settleMilliseconds = 50;

export function utilitySessionHost(parts: UtilityParts): SessionHost {
  let started = 0;
  return {
    start(added = {}) {
      started++;
      return startProcess(parts, `gan-studio-session-${started}`, added);
    },
  };
}

function startProcess(
  parts: UtilityParts,
  serviceName: string,
  added: Readonly<Record<string, string>>,
): SessionProcess {
  const { fork, app, entry, environment, platform } = parts;
  const child = fork(entry, [], {
    serviceName,
    stdio: ["ignore", "ignore", "pipe"],
    env: sessionEnvironment({ ...environment, ...added }, platform),
  });
  const lastWords = createLastWords();
  // A fatal error of V8 is followed by the exit, which is what is reported; unheard, it would end the app.
  child.on("error", (type, location) => {
    lastWords.add(`${type} at ${location}\n`);
  });
  child.stderr?.on("data", (text: Buffer) => {
    lastWords.add(text.toString("utf8"));
  });

  let ended = false;
  let reason: string | null = null;
  const onGone = (_event: Event, details: Details) => {
    if (details.name === serviceName || details.serviceName === serviceName)
      reason = details.reason;
  };
  app.on("child-process-gone", onGone);

  // A process that is still being created cannot be ended (electron#44009).
  let killAtSpawn = false;
  child.once("spawn", () => {
    if (killAtSpawn) child.kill();
  });

  return {
    send(message) {
      // Posting to a process that has ended brings Electron down (electron#53923).
      if (!ended) child.postMessage(message);
    },
    onMessage(listener) {
      child.on("message", listener);
    },
    onExit(listener) {
      child.once("exit", (status) => {
        ended = true;
        setTimeout(() => {
          app.off("child-process-gone", onGone);
          listener({ ...outcomeOf(status, reason, platform), lastWords: lastWords.text() });
        }, settleMilliseconds);
      });
    },
    kill() {
      if (ended) return;
      if (child.pid === undefined) killAtSpawn = true;
      else child.kill();
    },
  };
}

/**
 * Electron gives what `waitpid` gave: a plain exit code after an orderly end, on POSIX the number of
 * the signal after any other.
 */
export function outcomeOf(
  status: number,
  reason: string | null,
  platform: NodeJS.Platform,
): Pick<SessionExit, "code" | "signal"> {
  if (platform === "win32" || reason === null || !violent.has(reason)) {
    return { code: status, signal: null };
  }
  const number = status & 0x7f;
  const named = Object.entries(constants.signals).find(([, value]) => value === number);
  return named ? { code: null, signal: named[0] } : { code: status, signal: null };
}
