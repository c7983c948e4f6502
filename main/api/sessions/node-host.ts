/** Sessions as child processes of Node: browser mode, the command line and the tests. */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { FromSession } from "../../training/messages.ts";
import { sessionEnvironment } from "./environment.ts";
import { createLastWords } from "./last-words.ts";
import type { SessionHost, SessionProcess } from "./host.ts";

const worker = fileURLToPath(new URL("../../training/worker.ts", import.meta.url));

/** `entry`: the session's module; another one in tests only. */
export const nodeSessionHost = (entry = worker): SessionHost => ({
  start(environment = {}): SessionProcess {
    const child = fork(entry, [], {
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      env: sessionEnvironment({ ...process.env, ...environment }),
      execArgv: [],
    });
    const lastWords = createLastWords();
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      lastWords.add(text);
    });
    // A channel that breaks is followed by the exit, which is what is reported.
    child.on("error", () => undefined);
    return {
      send(message) {
        if (child.connected) child.send(message, () => undefined);
      },
      onMessage(listener) {
        child.on("message", (message) => {
          listener(message as FromSession);
        });
      },
      onExit(listener) {
        // «close» comes after the last message and the last line of standard error; «exit» may not.
        child.once("close", (code, signal) => {
          listener({ code, signal, lastWords: lastWords.text() });
        });
      },
      kill() {
        child.kill("SIGKILL");
      },
    };
  },
});
