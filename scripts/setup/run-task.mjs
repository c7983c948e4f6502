/** Starts the task in place of set-up: same terminal, signals passed on, its exit code handed back. */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { dirname } from "node:path";
import { withPathFirst } from "./search-path.mjs";

/**
 * @param {import("./context.mjs").SetupContext} context
 * @param {readonly string[]} command what follows Node's own name
 * @returns {Promise<number>} the exit code; 128 + number of the signal that ended it
 */
export function runTask(context, command) {
  return new Promise((resolve) => {
    const child = spawn(context.node, [...command], {
      cwd: process.cwd(),
      env: withPathFirst(context.environment, [dirname(context.node), context.places.binaries]),
      stdio: "inherit",
    });
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => {
      // Ctrl-C reaches every program of the terminal by itself; twice would mean "at once" to the task.
      if (signal === "SIGINT" && process.stdin.isTTY) return;
      child.kill(signal);
    };
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]))
      process.on(signal, forward);
    child.on("error", (error) => {
      process.stderr.write(`${error.message}\n`);
      resolve(1);
    });
    child.on("exit", (code, signal) =>
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)),
    );
  });
}
