/**
 * In place of the module `electron` in the main process: a real Chromium instead of Electron's own.
 * What it cannot show: Electron's build of Node, archives and fuses, native menus and dialogs, the
 * processes' sandbox, the app's scheme as an origin. What it has not throws when it is used.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { protocol as ownProtocol } from "./addresses.ts";
import { app as ownApp } from "./app.ts";
import { BrowserWindow, useContext } from "./browser-window.ts";
import { launchPersistentChromium } from "../chromium.ts";
import { obey, type Order } from "./desk.ts";
import { ipcMain as ownIpcMain } from "./ipc-main.ts";
import { strict } from "./strict.ts";

export { BrowserWindow };
export { utilityProcess } from "./utility-process.ts";
export {
  dialog,
  Menu,
  nativeTheme,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  screen,
  shell,
} from "./desk.ts";
export const app = strict("app", ownApp);
export const protocol = strict("protocol", ownProtocol);
export const ipcMain = strict("ipcMain", ownIpcMain);

export const session = strict("session", {
  defaultSession: strict("session.defaultSession", {
    setPermissionRequestHandler: () => undefined,
    setPermissionCheckHandler: () => undefined,
    setDevicePermissionHandler: () => undefined,
  }),
});

// After the app's main module has been evaluated, as Electron does.
setImmediate(() => void begin());

async function begin(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "electron-stand-in-"));
  const context = await launchPersistentChromium(folder);
  ownApp.endBrowser = async () => {
    await context.close().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  };
  const [port] = readFileSync(join(folder, "DevToolsActivePort"), "utf8").split("\n");
  useContext(context);
  ownApp.becomeReady();
  process.send?.({ endpoint: `http://127.0.0.1:${port ?? ""}` });
}

process.on("message", (message) => {
  obey(message as Order);
});
