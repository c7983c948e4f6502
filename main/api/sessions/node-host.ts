/** Sessions as child processes of Node: browser mode, the command line and the tests. */
import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { FromSession, ToSession } from "../../training/messages.ts";
import { endedAsBystander } from "./bystander.ts";
import { sessionEnvironment } from "./environment.ts";
import { createLastWords } from "./last-words.ts";
import type { SessionExit, SessionHost, SessionProcess } from "./host.ts";

const worker = fileURLToPath(new URL("../../training/worker.ts", import.meta.url));

/** How often a session that was hit while it loaded is started again; then it counts as dead. */
const freshStarts = 2;

/** `entry`: the session's module; another one in tests only. */
export const nodeSessionHost = (entry = worker): SessionHost => ({
  start: (environment = {}) =>
    startSession(() =>
      fork(entry, [], {
        serialization: "advanced",
        stdio: ["ignore", "ignore", "pipe", "ipc"],
        env: sessionEnvironment({ ...process.env, ...environment }),
        execArgv: [],
      }),
    ),
});

/**
 * Ctrl-C goes to every process of the terminal. A session leaves it to its owner, who asks it to save, but
 * can do so only once its modules are loaded: one that is ended by it before is started again, and gets
 * what it was sent. A process group of its own would spare it that, and more: it would train on while its
 * owner is suspended (Ctrl-Z), and nothing would wake it for its end were both suspended.
 */
function startSession(begin: () => ChildProcess): SessionProcess {
  const listeners: ((message: FromSession) => void)[] = [];
  const exits: ((exit: SessionExit) => void)[] = [];
  /** What was sent to a session that has said nothing yet; null once it has. */
  let unanswered: ToSession[] | null = [];
  let wasKilled = false;
  let starts = 0;
  let child = launched();

  function launched(): ChildProcess {
    starts++;
    const process = begin();
    const lastWords = createLastWords();
    process.stderr?.setEncoding("utf8").on("data", (text: string) => {
      lastWords.add(text);
    });
    // A channel that breaks is followed by the exit, which is what is reported.
    process.on("error", () => undefined);
    process.on("message", (message) => {
      unanswered = null;
      for (const listener of listeners) listener(message as FromSession);
    });
    // «close» comes after the last message and the last line of standard error; «exit» may not.
    process.once("close", (code, signal) => {
      const missed = unanswered;
      if (missed && !wasKilled && starts <= freshStarts && endedAsBystander(code, signal)) {
        child = launched();
        for (const message of missed) post(message);
        return;
      }
      for (const listener of exits) listener({ code, signal, lastWords: lastWords.text() });
    });
    return process;
  }

  function post(message: ToSession): void {
    if (child.connected) child.send(message, () => undefined);
  }

  return {
    send(message) {
      unanswered?.push(message);
      post(message);
    },
    onMessage(listener) {
      listeners.push(listener);
    },
    onExit(listener) {
      exits.push(listener);
    },
    kill() {
      wasKilled = true;
      child.kill("SIGKILL");
    },
  };
}
