/**
 * Runs a program with a time limit and keeps what it printed. Each runs in its
 * own process group, so that its whole tree can be ended: `npm` and `node-gyp`
 * start others that would otherwise live on.
 */
import { spawn, spawnSync } from "node:child_process";
import { stripVTControlCharacters } from "node:util";

/** What is kept of a program's output; more would only be cut when it is shown. */
const KEPT_CHARACTERS = 200_000;

const running = new Set();

/**
 * @typedef {object} CommandResult
 * @property {boolean} ok exit code 0
 * @property {number | null} code
 * @property {boolean} timedOut
 * @property {string} stdout
 * @property {string} output standard output and standard error, in order of arrival
 */

/**
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {{ seconds: number, cwd?: string, environment?: Record<string, string | undefined>,
 *   input?: string, adopt?: (pid: number | null) => void }} options
 * @returns {Promise<CommandResult>} never rejects; a program that is not there gives `code` null
 */
export function runLimited(command, parameters, options) {
  const { seconds, cwd, environment = process.env, input, adopt } = options;
  return new Promise((resolve) => {
    const viaShell = process.platform === "win32" && /\.(cmd|bat)$/i.test(command);
    const child = spawn(viaShell ? `"${command}"` : command, [...parameters], {
      cwd,
      env: environment,
      stdio: ["pipe", "pipe", "pipe"],
      detached: process.platform !== "win32",
      shell: viaShell,
      windowsHide: true,
    });
    let stdout = "";
    let output = "";
    let timedOut = false;
    if (child.pid !== undefined) {
      running.add(child.pid);
      adopt?.(child.pid);
    }
    const clock = setTimeout(() => {
      timedOut = true;
      if (child.pid !== undefined) endProcessTree(child.pid);
    }, seconds * 1000);
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout = (stdout + text).slice(-KEPT_CHARACTERS);
      output = (output + text).slice(-KEPT_CHARACTERS);
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      output = (output + text).slice(-KEPT_CHARACTERS);
    });
    // A program that ends without reading its input is no fault of ours.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input ?? "");
    let settled = false;
    /** @param {number | null} code */
    const settle = (code) => {
      if (settled) return;
      settled = true;
      clearTimeout(clock);
      if (child.pid !== undefined) {
        running.delete(child.pid);
        adopt?.(null);
      }
      resolve({ ok: code === 0, code, timedOut, stdout, output });
    };
    child.on("error", (error) => {
      output += String(error.message);
      settle(null);
    });
    child.on("close", settle);
    // "close" waits for the pipes, which a grandchild may keep open for ever.
    child.on("exit", (code) => setTimeout(settle, 2000, code).unref());
  });
}

/** Ends every program that still runs: set-up itself is asked to stop. */
export function endAllCommands() {
  for (const pid of running) endProcessTree(pid);
}

/**
 * @param {number} pid the leader of a process group, as `runLimited` starts them
 */
export function endProcessTree(pid) {
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"], { windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Already gone.
  }
}

/**
 * The last lines of a program's output, without its colours, for a failure message.
 * @param {string} output
 * @param {number} lines
 */
export function lastLines(output, lines = 12) {
  return stripVTControlCharacters(output).trimEnd().split("\n").slice(-lines).join("\n");
}
