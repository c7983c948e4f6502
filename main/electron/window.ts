/** The one place where windows are made. */
import type { BrowserWindow, BrowserWindowConstructorOptions, WebPreferences } from "electron";
import { pageOrigin } from "./channels.ts";
import { createReloads } from "./reloads.ts";

/** Everything that would give a page more than a browser gives it is off. */
const webPreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  experimentalFeatures: false,
} as const satisfies WebPreferences;

export interface WindowParts {
  BrowserWindow: new (options: BrowserWindowConstructorOptions) => BrowserWindow;
  /** Path of the built preload file. */
  preload: string;
  isPackaged: boolean;
  /** Milliseconds of a clock that does not run backwards. */
  now: () => number;
}

/** Opens the studio's window; it is shown once there is something to see. */
export function openWindow({
  BrowserWindow,
  preload,
  isPackaged,
  now,
}: WindowParts): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: "GAN Studio",
    webPreferences: { ...webPreferences, preload, devTools: !isPackaged },
  });
  window.once("ready-to-show", () => {
    window.show();
  });
  const reloads = createReloads();
  // A page that crashed loses nothing: training runs elsewhere, and the page asks for its state anew.
  window.webContents.on("render-process-gone", (_event, { reason }) => {
    if (reason !== "clean-exit" && reloads.allows(now())) window.webContents.reload();
  });
  // It rejects when the window is closed before the page is there, which is nobody's fault.
  window.loadURL(`${pageOrigin}/index.html`).catch(() => undefined);
  return window;
}
