/** Whether the desktop window can open here: Electron's binary, a display, and the built main process. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lastLines, runLimited } from "../setup/command.mjs";
import { hostAnswers } from "../setup/probe.mjs";

const PROBE_SECONDS = 5;
const DOWNLOAD_SECONDS = 10 * 60;
const BUILD_SECONDS = 2 * 60;

/**
 * @param {string} platform @param {Record<string, string | undefined>} environment
 * @returns {string | null} why no window can be shown, or null
 */
export function missingDisplay(platform, environment) {
  if (platform === "linux" && !environment.DISPLAY && !environment.WAYLAND_DISPLAY) {
    return "no display was found";
  }
  // Over SSH the window would open on a screen that nobody looks at; on Linux a forwarded display is wanted.
  if (platform !== "linux" && environment.SSH_CONNECTION) return "this is an SSH session";
  return null;
}

/**
 * @param {string} folder node_modules/electron
 * @param {Record<string, string | undefined>} environment
 * @returns {string | null} path of Electron's executable when it is there
 */
export function electronExecutable(folder, environment = process.env) {
  const record = join(folder, "path.txt");
  if (!existsSync(record)) return null;
  const base = environment.ELECTRON_OVERRIDE_DIST_PATH || join(folder, "dist");
  const executable = join(base, readFileSync(record, "utf8"));
  return existsSync(executable) ? executable : null;
}

/**
 * Downloads Electron's executable with its own script, when the host answers.
 * @param {string} folder node_modules/electron
 * @param {(line: string) => void} say
 * @returns {Promise<{ executable: string } | { reason: string }>}
 */
export async function provideElectron(folder, say) {
  const there = electronExecutable(folder);
  if (there) return { executable: there };
  const script = join(folder, "install.js");
  if (!existsSync(script)) return { reason: "Electron is not installed" };
  const host =
    process.env.ELECTRON_MIRROR || process.env.npm_config_electron_mirror || "https://github.com/";
  if (!(await hostAnswers(host, PROBE_SECONDS))) {
    return { reason: "Electron is not downloaded yet and its host does not answer" };
  }
  say("Downloading Electron (about 120 MB) ...");
  const result = await runLimited(process.execPath, [script], { seconds: DOWNLOAD_SECONDS });
  const executable = electronExecutable(folder);
  if (executable) return { executable };
  return {
    reason: result.timedOut
      ? `downloading Electron took longer than ${DOWNLOAD_SECONDS / 60} minutes`
      : `Electron could not be downloaded (${lastLines(result.output, 1)})`,
  };
}

/**
 * Builds Electron's own part of the program.
 * @param {string} root project folder
 * @returns {Promise<string | null>} null, or why it cannot be built
 */
export async function buildShell(root) {
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const configs = ["vite.electron.config.ts", "vite.preload.config.ts"];
  for (const config of configs.filter((name) => existsSync(join(root, name)))) {
    const result = await runLimited(process.execPath, [vite, "build", "--config", config], {
      cwd: root,
      seconds: BUILD_SECONDS,
    });
    if (!result.ok) return `${config} does not build:\n${lastLines(result.output, 20)}\n`;
  }
  const entry = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).main;
  return existsSync(join(root, entry)) ? null : `${entry} is not built`;
}
