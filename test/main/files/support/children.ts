/** Real child processes: what a crash does to a disk can only be seen by crashing. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

export interface Child {
  /** Lines of its standard output, as they come. */
  lines: AsyncIterator<string>;
  /** Ends it without a chance to do anything, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Runs a TypeScript file with this Node. */
export function startChild(file: URL, ...args: string[]): Child {
  const child = spawn(process.execPath, [file.pathname, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const kill = () => killed(child);
  onTestFinished(kill);
  return { lines: createInterface(child.stdout)[Symbol.asyncIterator](), kill };
}

/** The next line, or throws when the child ended instead. */
export async function nextLine(child: Child): Promise<string> {
  const next = await child.lines.next();
  if (next.done === true) throw new Error("the child process ended before it said what it should");
  return next.value;
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}
