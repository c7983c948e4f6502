/** The harness's hold on one process of the product: what it said, and ways to end it. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Said, Told } from "./protocol.ts";

const entry = fileURLToPath(new URL("studio.ts", import.meta.url));

export interface Program {
  pid: number;
  /** All that it has said. */
  said: readonly Said[];
  tell(line: Told): void;
  /** The first line, from place `from` on, for which `wanted` holds; null when it ends or time is up. */
  hear(wanted: (line: Said) => boolean, from?: number, milliseconds?: number): Promise<Said | null>;
  isOver(): boolean;
  over: Promise<{ code: number | null; signal: string | null; errors: string }>;
}

interface ProgramOptions {
  environment?: NodeJS.ProcessEnv | undefined;
  /** Called with each line. */
  hear?: (line: Said) => void;
}

export function startProgram(home: string, options: ProgramOptions = {}): Program {
  const child = spawn(process.execPath, [entry, home], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2", ...options.environment },
  });
  const said: Said[] = [];
  const listeners = new Set<() => void>();
  let errors = "";
  let over = false;
  const tellAll = () => {
    for (const listener of listeners) listener();
  };
  createInterface(child.stdout).on("line", (line) => {
    const words = JSON.parse(line) as Said;
    said.push(words);
    options.hear?.(words);
    tellAll();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  // A program that was killed cannot be told anything.
  child.stdin.on("error", () => undefined);
  const ended = new Promise<{ code: number | null; signal: string | null; errors: string }>(
    (resolve) => {
      child.once("close", (code, signal) => {
        over = true;
        tellAll();
        resolve({ code, signal, errors });
      });
    },
  );
  return {
    pid: child.pid ?? 0,
    said,
    tell: (line) => child.stdin.write(`${JSON.stringify(line)}\n`),
    hear: (wanted, from = 0, milliseconds = 120_000) =>
      new Promise((resolve) => {
        let next = from;
        const finish = (line: Said | null) => {
          listeners.delete(look);
          clearTimeout(timer);
          resolve(line);
        };
        const timer = setTimeout(finish, milliseconds, null);
        const look = () => {
          for (; next < said.length; next++) {
            const line = said[next] as Said;
            if (!wanted(line)) continue;
            finish(line);
            return;
          }
          if (over) finish(null);
        };
        listeners.add(look);
        look();
      }),
    isOver: () => over,
    over: ended,
  };
}

/** The newest training process that it has told of; null before the first. */
export const newestChild = ({ said }: Program): number | null =>
  said.findLast((line) => line.type === "child")?.pid ?? null;

/** False when there is no such process, or only its entry that nobody has asked for yet (a zombie). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    // After the name, which may hold anything, in brackets.
    return !/\) [ZX] [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    // Systems without /proc; or it has ended just now, which the next look tells.
    return true;
  }
}

/** Sends a signal; a process that has just ended is past caring. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone.
  }
}

/** Milliseconds until all of them are gone; null when one outlives the limit. */
export async function goneAfter(pids: readonly number[], limit = 10_000): Promise<number | null> {
  const begun = performance.now();
  while (pids.some(isAlive)) {
    if (performance.now() - begun > limit) return null;
    await delay(20);
  }
  return performance.now() - begun;
}
