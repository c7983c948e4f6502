/** Where the desktop app keeps what is its own, and where its data folder is. */
import type { App } from "electron";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { homeFolder } from "../api/home.ts";

/**
 * For the window's own documents and what Chromium keeps. Not the system's usual place for it: on macOS
 * that is the data folder, and there «Cache» and «cache», which is swept, are one.
 */
export function windowFolder(
  app: Pick<App, "getPath" | "setPath"> & {
    commandLine: Pick<App["commandLine"], "getSwitchValue">;
  },
): string {
  const named = app.commandLine.getSwitchValue("user-data-dir");
  const folder = named === "" ? join(app.getPath("appData"), "GAN Studio Window") : resolve(named);
  app.setPath("userData", folder);
  return folder;
}

/** The data folder, by `--home` among the program's words or as every shell has it. */
export function dataFolder(words: readonly string[]): string {
  const { env: environment, platform } = process;
  const { values } = parseArgs({
    args: [...words],
    options: { home: { type: "string" } },
    // Electron and Chromium have switches of their own.
    strict: false,
  });
  const home = typeof values.home === "string" ? values.home : undefined;
  return homeFolder({ home, environment, platform, userFolder: homedir(), folder: process.cwd() });
}
