/**
 * `npm start`: the desktop window where Electron and a display are there, otherwise browser mode in this terminal,
 * after saying why. `--browser` asks for browser mode; other arguments are passed on.
 */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { endAllCommands } from "./setup/command.mjs";
import { projectRoot } from "./setup/places.mjs";
import { buildShell, missingDisplay, provideElectron } from "./start/electron.mjs";

const given = process.argv.slice(2);
const parameters = given.filter((word) => word !== "--browser");
/** @param {string} line */
const say = (line) => void process.stdout.write(`${line}\n`);

const stop = () => {
  endAllCommands();
  process.exit(130);
};
process.on("SIGINT", stop).on("SIGTERM", stop);
const way = given.includes("--browser") ? { reason: null } : await desktop();
process.off("SIGINT", stop).off("SIGTERM", stop);
if ("executable" in way) {
  hand(way.executable, [projectRoot, ...parameters]);
} else {
  if (way.reason) say(`GAN Studio opens in the browser, because ${way.reason}.`);
  hand(process.execPath, [
    ...process.execArgv,
    join(projectRoot, "main", "cli", "main.ts"),
    "serve",
    ...parameters,
  ]);
}

/** @returns {Promise<{ executable: string } | { reason: string }>} */
async function desktop() {
  const display = missingDisplay(process.platform, process.env);
  if (display) return { reason: display };
  const electron = await provideElectron(join(projectRoot, "node_modules", "electron"), say);
  if ("reason" in electron) return electron;
  const reason = await buildShell(projectRoot);
  return reason === null ? electron : { reason };
}

/**
 * Hands the terminal to the program and ends as it ends.
 * @param {string} command @param {string[]} words
 */
function hand(command, words) {
  const child = spawn(command, words, { stdio: "inherit" });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on("error", (error) => {
    process.stderr.write(`${command} could not be started: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0);
  });
}
