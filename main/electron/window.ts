/** The one place where windows are made. */
import type { BrowserWindow, BrowserWindowConstructorOptions, WebPreferences } from "electron";
import { pageOrigin } from "./channels.ts";
import { leastSize, type Placement } from "./window-state.ts";

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
  placement: Placement;
}

/** Opens the studio's window; it is shown once there is something to see. */
export function openWindow(parts: WindowParts): BrowserWindow {
  const { BrowserWindow, preload, isPackaged, placement } = parts;
  const { maximized, ...bounds } = placement;
  const window = new BrowserWindow({
    ...bounds,
    minWidth: leastSize.width,
    minHeight: leastSize.height,
    show: false,
    title: "GAN Studio",
    webPreferences: { ...webPreferences, preload, devTools: !isPackaged },
  });
  window.once("ready-to-show", () => {
    if (maximized) window.maximize();
    window.show();
  });
  // It rejects when the window is closed before the page is there, which is nobody's fault.
  window.loadURL(`${pageOrigin}/index.html`).catch(() => undefined);
  return window;
}
