/** The studio's one window: opened where it was, brought forward, asked in, revived after failures. */
import type { App, BrowserWindow, Dialog, MessageBoxOptions, Screen } from "electron";
import { documentIn } from "./documents.ts";
import { reviveAfterFailures } from "./page-failures.ts";
import { keepWindowState, placeWindow, windowStateSchema } from "./window-state.ts";
import { openWindow, type WindowParts } from "./window.ts";

export interface StudioWindowParts extends Omit<WindowParts, "placement"> {
  BrowserWindow: WindowParts["BrowserWindow"] & { getAllWindows: () => BrowserWindow[] };
  app: Pick<App, "quit">;
  dialog: Pick<Dialog, "showMessageBox">;
  screen: Pick<Screen, "getAllDisplays">;
  platform: NodeJS.Platform;
  /** Where its place is kept. */
  folder: string;
  /** True once everything is saved and windows may close. */
  mayClose: () => boolean;
  /** The system ends the session: save, ask nothing. */
  onSessionEnd: () => void;
}

export interface StudioWindow {
  /** Null on macOS while it is closed, and before it was opened. */
  front: () => BrowserWindow | null;
  /** Opens it, or brings it forward. */
  show: () => void;
  /** A question of the system's look; resolves with the button's number. */
  ask: (question: MessageBoxOptions) => Promise<number>;
}

export function createStudioWindow(parts: StudioWindowParts): StudioWindow {
  const { BrowserWindow, app, dialog, screen, platform, folder } = parts;
  const front = (): BrowserWindow | null => BrowserWindow.getAllWindows().at(0) ?? null;

  const ask = async (question: MessageBoxOptions): Promise<number> => {
    const owner = front();
    const { response } = await (owner
      ? dialog.showMessageBox(owner, question)
      : dialog.showMessageBox(question));
    return response;
  };

  const open = () => {
    const kept = documentIn(folder, "window.json", windowStateSchema);
    const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const { preload, isPackaged } = parts;
    const placement = placeWindow(kept.read(), workAreas);
    const window = openWindow({ BrowserWindow, preload, isPackaged, placement });
    keepWindowState(window, kept);
    reviveAfterFailures({ window, ask, now: () => performance.now() });
    window.on("close", (event) => {
      // Closing the last window ends the app here: it must be asked, and saved, while it still stands.
      if (platform === "darwin" || parts.mayClose()) return;
      event.preventDefault();
      app.quit();
    });
    if (platform === "win32") window.on("session-end", parts.onSessionEnd);
  };

  return {
    front,
    ask,
    show() {
      const window = front();
      if (!window) {
        open();
        return;
      }
      if (window.isMinimized()) window.restore();
      window.focus();
    },
  };
}
