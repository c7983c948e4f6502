/** `app`: life and end of the program, in the order in which Electron tells of them. */
import { EventEmitter } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Closable {
  /** False when the window did not want to. */
  tryClose(): Promise<boolean>;
}

const preventable = () => ({
  defaultPrevented: false,
  preventDefault() {
    this.defaultPrevented = true;
  },
});

class App extends EventEmitter {
  readonly isPackaged = false;
  /** Of macOS alone. */
  readonly dock = undefined;
  readonly commandLine = {
    getSwitchValue: (name: string): string => {
      const at = process.argv.findIndex((word) => word.startsWith(`--${name}=`));
      return at < 0 ? "" : (process.argv[at] ?? "").slice(name.length + 3);
    },
  };
  readonly #folders = new Map<string, string>();
  readonly openWindows = new Set<Closable>();
  /** Ends the browser. */
  endBrowser: () => Promise<void> = () => Promise.resolve();
  #quitting = false;
  readonly #ready = Promise.withResolvers<undefined>();

  becomeReady(): void {
    this.#ready.resolve(undefined);
    this.emit("ready", {}, {});
  }

  whenReady(): Promise<undefined> {
    return this.#ready.promise;
  }

  getPath(name: string): string {
    const folder = this.#folders.get(name) ?? mkdtempSync(join(tmpdir(), "electron-stand-in-"));
    this.#folders.set(name, folder);
    return folder;
  }

  setPath(name: string, folder: string): void {
    this.#folders.set(name, folder);
  }

  getVersion(): string {
    return "0.1.0";
  }

  requestSingleInstanceLock(): boolean {
    return true;
  }

  enableSandbox(): void {
    // Chromium's own sandbox is the test's to choose.
  }

  windowIsGone(window: Closable): void {
    this.openWindows.delete(window);
    if (this.openWindows.size === 0 && !this.#quitting) this.emit("window-all-closed");
  }

  quit(): void {
    if (this.#quitting) return;
    this.#quitting = true;
    void this.#quit().then((ends) => {
      if (ends) this.exit(0);
      else this.#quitting = false;
    });
  }

  exit(code = 0): void {
    void this.endBrowser().finally(() => process.exit(code));
  }

  async #quit(): Promise<boolean> {
    const before = preventable();
    this.emit("before-quit", before);
    if (before.defaultPrevented) return false;
    for (const window of this.openWindows) if (!(await window.tryClose())) return false;
    const will = preventable();
    this.emit("will-quit", will);
    return !will.defaultPrevented;
  }
}

export const app = new App();
