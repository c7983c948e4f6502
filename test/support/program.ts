/** The real command line as a child process, with a data folder of its own. */
import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

const entry = fileURLToPath(new URL("../../main/cli/main.ts", import.meta.url));

export interface Ended {
  code: number | null;
  signal: string | null;
  output: string;
  errors: string;
}

export interface Running {
  child: ChildProcess;
  ended: Promise<Ended>;
  /** Resolves with the first match in what it prints (on either stream); rejects if it ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
}

export const startProgram = (home: string, ...words: string[]): Running =>
  started(home, words, false);

/** As a terminal does, which interrupts every process of the program's group at once. */
export function startInGroup(home: string, ...words: string[]): Running & { interrupt(): void } {
  const running = started(home, words, true);
  return {
    ...running,
    interrupt: () => void process.kill(-(running.child.pid ?? NaN), "SIGINT"),
  };
}

function started(home: string, words: readonly string[], detached: boolean): Running {
  const child = spawn(process.execPath, [entry, ...words, "--home", home], {
    detached,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2" },
  });
  let output = "";
  let errors = "";
  const listeners = new Set<() => void>();
  const heard = () => {
    for (const listener of listeners) listener();
  };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    heard();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
    heard();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code, signal) => {
      resolve({ code, signal, output, errors });
    });
  });
  const printed = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(output) ?? pattern.exec(errors);
        if (!match) return;
        listeners.delete(look);
        resolve(match);
      };
      listeners.add(look);
      look();
      void ended.then(() => {
        reject(new Error(`it ended without printing ${String(pattern)}:\n${output}\n${errors}`));
      });
    });
  return { child, ended, printed };
}

/** Runs it to its end. */
export const runProgram = (home: string, ...words: string[]): Promise<Ended> =>
  startProgram(home, ...words).ended;
