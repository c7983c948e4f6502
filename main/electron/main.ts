/** The desktop app's main process, as a table of contents. Order matters where a comment says so. */
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  protocol,
  session,
  utilityProcess,
} from "electron";
import { homedir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { homeFolder } from "../api/home.ts";
import { openApi } from "../api/open.ts";
import { reportOf } from "../spec/problem.ts";
import { connectBridge } from "./bridge.ts";
import { menuTemplate } from "./menu.ts";
import { registerPageScheme, servePage } from "./protocol.ts";
import { closeBeforeQuit } from "./quit.ts";
import { denyNavigation, denyPermissions } from "./security.ts";
import { utilitySessionHost } from "./session-host.ts";
import { openWindow } from "./window.ts";

/** `dist/electron`, where this file and those beside it are built to. */
const built = import.meta.dirname;
const page = join(built, "..", "renderer");
const { platform, env: environment } = process;

// Before the data folder opens: a second app must not get that far.
if (app.requestSingleInstanceLock()) {
  // Both only count before the app is ready.
  app.enableSandbox();
  registerPageScheme(protocol);
  denyNavigation(app);
  // Not awaited: Electron becomes ready only after this module has been evaluated.
  app.whenReady().then(start).catch(giveUp);
} else {
  app.quit();
}

async function start(): Promise<void> {
  denyPermissions(session.defaultSession);
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(platform)));
  servePage(protocol, page);

  const api = await openApi({ home: homeOfThisApp(), sessions: sessionsOfThisApp() });
  const pages = () => BrowserWindow.getAllWindows().map(({ webContents }) => webContents);
  const endEvents = connectBridge({ ipcMain, api, pages, onInternalError: console.error });
  closeBeforeQuit(app, async () => {
    await api.close();
    endEvents();
  });

  open();
  app.on("second-instance", showOrOpen);
  app.on("activate", showOrOpen);
  app.on("window-all-closed", () => {
    // On macOS an app lives on without windows, and so do its runs.
    if (platform !== "darwin") app.quit();
  });
}

function open(): void {
  const preload = join(built, "preload.cjs");
  const now = () => performance.now();
  openWindow({ BrowserWindow, preload, isPackaged: app.isPackaged, now });
}

function showOrOpen(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (!window) {
    open();
    return;
  }
  if (window.isMinimized()) window.restore();
  window.focus();
}

function homeOfThisApp(): string {
  const { values } = parseArgs({
    // A packaged app has no script's name in front, so nothing may be skipped but the program.
    args: process.argv.slice(1),
    options: { home: { type: "string" } },
    // Electron and Chromium have switches of their own.
    strict: false,
  });
  const home = typeof values.home === "string" ? values.home : undefined;
  return homeFolder({ home, environment, platform, userFolder: homedir(), folder: process.cwd() });
}

function sessionsOfThisApp() {
  return utilitySessionHost({
    fork: (path, words, options) => utilityProcess.fork(path, words, options),
    app,
    entry: join(built, "session.js"),
    environment,
    platform,
  });
}

/** A data folder that is in use or damaged: the sentence is all that can be shown. */
function giveUp(thrown: unknown): void {
  console.error(thrown);
  dialog.showErrorBox("GAN Studio cannot start", reportOf(thrown).message);
  app.exit(1);
}
