/** The real world around a command: this process, this terminal, the data folder. */
import { homedir } from "node:os";
import { fileURLToPath } from "node:url";
import { endProcess } from "./interrupts.ts";
import { interruptCodes } from "./outcome.ts";
import type { Interrupt, Shell } from "./shell.ts";
import { currentFolder, programName } from "./started-by-npm.ts";

const interrupts = Object.keys(interruptCodes) as Interrupt[];
const root = fileURLToPath(new URL("../..", import.meta.url));

export const surroundings = (): Shell => ({
  program: programName(process.env, root),
  print: (text) => void process.stdout.write(text),
  say: (line) => void process.stderr.write(`${line}\n`),
  terminal: process.stderr.isTTY ? process.stderr : null,
  environment: process.env,
  platform: process.platform,
  userFolder: homedir(),
  folder: currentFolder(process.env, process.cwd()),
  page: fileURLToPath(new URL("../../dist/renderer", import.meta.url)),
  // Loads the database and the rest of the product, which `--help` can do without.
  openApi: async (home) => (await import("../api/open.ts")).openApi({ home }),
  onInterrupt(listener) {
    for (const signal of interrupts) process.on(signal, listener);
    return () => {
      for (const signal of interrupts) process.off(signal, listener);
    };
  },
  leave: endProcess,
  now: () => performance.now(),
});
