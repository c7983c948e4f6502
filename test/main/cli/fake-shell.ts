/** A world for commands: a scripted api, captured output, and Ctrl-C at the test's command. */
import { Writable } from "node:stream";
import { runProgram } from "../../../main/cli/program.ts";
import type { Interrupt, Shell } from "../../../main/cli/shell.ts";
import type { Handlers } from "../../../main/contract/commands.ts";
import { createFakeApi, type FakeApi } from "../../support/fake-api.ts";

export interface FakeShell extends Shell {
  api: FakeApi;
  printed: () => string;
  said: () => string;
  homes: string[];
  left: number[];
  interrupt: (signal?: Interrupt) => void;
  listening: () => number;
  /** Moves the clock. */
  wait: (milliseconds: number) => void;
  run: (...words: string[]) => Promise<number>;
  /** Runs with `--json` and reads the one document. */
  json: (...words: string[]) => Promise<{ code: number; document: unknown }>;
}

export function createFakeShell(answers: Partial<Handlers> = {}, changes: Partial<Shell> = {}) {
  const api = createFakeApi(answers);
  let printed = "";
  let said = "";
  let now = 0;
  const listeners = new Set<(signal: Interrupt) => void>();
  const shell: FakeShell = {
    api,
    program: "gan-studio",
    print: (text) => {
      printed += text;
    },
    say: (line) => {
      said += `${line}\n`;
    },
    terminal: null,
    environment: {},
    platform: "linux",
    userFolder: "/home/someone",
    folder: "/work",
    page: "/nonexistent",
    openApi: (home) => {
      shell.homes.push(home);
      return Promise.resolve(api);
    },
    onInterrupt: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    leave: (code) => {
      shell.left.push(code);
    },
    now: () => now,
    printed: () => printed,
    said: () => said,
    homes: [],
    left: [],
    interrupt: (signal = "SIGINT") => {
      for (const listener of [...listeners]) listener(signal);
    },
    listening: () => listeners.size,
    wait: (milliseconds) => {
      now += milliseconds;
    },
    run: (...words) => runProgram(words, shell),
    json: async (...words) => {
      const code = await shell.run(...words, "--json");
      return { code, document: JSON.parse(printed) as unknown };
    },
    ...changes,
  };
  return shell;
}

/** A terminal, and what was drawn on it. */
export function drawnTerminal(): { terminal: NodeJS.WritableStream; drawn: () => string } {
  let drawn = "";
  const stream = new Writable({
    write(piece: Buffer, _, done) {
      drawn += piece.toString();
      done();
    },
  });
  const terminal = Object.assign(stream, {
    ...{ isTTY: true, columns: 100, cursorTo: () => true, clearLine: () => true },
  });
  return { terminal: terminal, drawn: () => drawn };
}
