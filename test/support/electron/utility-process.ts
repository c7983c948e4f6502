/** `utilityProcess.fork` as a child process of Node, whose entry finds the `parentPort` it expects. */
import { fork, type ChildProcess } from "node:child_process";
import { EventEmitter } from "node:events";
import { constants } from "node:os";
import type { ForkOptions } from "electron";
import { app } from "./app.ts";

const parentPort = new URL("parent-port.ts", import.meta.url).href;

class UtilityProcess extends EventEmitter {
  pid: number | undefined = undefined;
  readonly stderr: ChildProcess["stderr"];
  readonly #child: ChildProcess;

  constructor(entry: string, words: string[], { env, serviceName = "utility" }: ForkOptions) {
    super();
    const child = fork(entry, words, {
      env: env as NodeJS.ProcessEnv,
      execArgv: ["--disable-warning=ExperimentalWarning", "--import", parentPort],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.#child = child;
    this.stderr = child.stderr;
    child.on("spawn", () => {
      this.pid = child.pid;
      this.emit("spawn");
    });
    child.on("message", (message) => this.emit("message", message));
    child.on("exit", (code, signal) => {
      this.pid = undefined;
      // POSIX: what `waitpid` gave, the signal's number after a violent end.
      const status = code ?? (signal ? constants.signals[signal] : 0);
      this.emit("exit", status);
      const orderly = code === 0 ? "clean-exit" : "abnormal-exit";
      const violent = signal === "SIGKILL" || signal === "SIGTERM" ? "killed" : "crashed";
      const reason = signal ? violent : orderly;
      app.emit(
        "child-process-gone",
        {},
        { type: "Utility", reason, exitCode: status, serviceName },
      );
    });
  }

  postMessage(message: unknown): void {
    this.#child.send(message as object);
  }

  kill(): boolean {
    return this.#child.kill("SIGTERM");
  }
}

export const utilityProcess = {
  fork: (entry: string, words: string[], options: ForkOptions) =>
    new UtilityProcess(entry, words, options),
};
