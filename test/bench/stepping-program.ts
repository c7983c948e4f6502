/** A child process that does training steps on demand, one line a question and one an answer. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Built } from "./built.ts";

export interface SteppingProgram {
  /** Gets ready; returns how the program describes itself. */
  prepare(built: Built): Promise<string>;
  /** Milliseconds of each of `count` steps. */
  steps(count: number): Promise<number[]>;
  /** Ends the program and waits until it is gone. */
  stop(): Promise<void>;
}

/** Promises reject with the program's own last words when it says «error» or ends early. */
export function startProgram(
  command: readonly [program: string, ...args: string[]],
  environment: Readonly<Record<string, string>> = {},
): SteppingProgram {
  const [program, ...args] = command;
  const child = spawn(program, args, { env: { ...process.env, ...environment } });
  let lastWords = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    lastWords = (lastWords + text).slice(-4000);
  });
  child.stdin.on("error", () => {
    // It has ended; whoever waits for its answer is told so below.
  });
  const gone = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      lastWords += error.message;
      resolve();
    });
    child.once("close", () => {
      resolve();
    });
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  const ask = async (question: string, expected: string): Promise<string> => {
    child.stdin.write(`${question}\n`);
    const line = await lines.next();
    if (line.done) {
      await gone;
      throw new Error(`${command.join(" ")} ended without an answer.\n${lastWords}`);
    }
    const [word, rest = ""] = line.value.split(/ (.*)/);
    if (word !== expected) throw new Error(`${command.join(" ")}: ${line.value}`);
    return rest;
  };

  return {
    async prepare(built) {
      await ask(`build ${JSON.stringify(built)}`, "built");
      return ask("warmup", "ready");
    },
    async steps(count) {
      const times = (await ask(`steps ${count}`, "times")).split(" ").map(Number);
      if (times.length === count && times.every((time) => time > 0)) return times;
      throw new Error(`${command.join(" ")} was asked for ${count} steps and gave ${times.length}`);
    },
    async stop() {
      child.stdin.end();
      await gone;
    },
  };
}
