/** The real world around a command: this process, this terminal, the data folder. */
import { homedir } from "node:os";
import { fileURLToPath } from "node:url";
import type { Shell } from "./shell.ts";

/** Ctrl-C, the system's wish, and a terminal that was closed. */
const interrupts = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** From a clone that is not installed, `gan-studio` is no command of the system; npm starts it. */
const programName = (environment: NodeJS.ProcessEnv): string =>
  environment.npm_lifecycle_event === undefined ? "gan-studio" : "npm run gan-studio --";

export const surroundings = (): Shell => ({
  program: programName(process.env),
  print: (text) => void process.stdout.write(text),
  say: (line) => void process.stderr.write(`${line}\n`),
  terminal: process.stderr.isTTY ? process.stderr : null,
  environment: process.env,
  platform: process.platform,
  userFolder: homedir(),
  folder: process.cwd(),
  page: fileURLToPath(new URL("../../dist/renderer", import.meta.url)),
  // Loads the database and the rest of the product, which `--help` can do without.
  openApi: async (home) => (await import("../api/open.ts")).openApi({ home }),
  onInterrupt(listener) {
    for (const signal of interrupts) process.on(signal, listener);
    return () => {
      for (const signal of interrupts) process.off(signal, listener);
    };
  },
  leave: (code) => process.exit(code),
  now: () => performance.now(),
});
