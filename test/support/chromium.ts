/**
 * A real Chromium from this system. In CI it must be there; elsewhere a missing one skips the tests
 * that need it, and their suite's name says so.
 */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser, type BrowserContext } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

function find(): string | null {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of names) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here; the next place may have it.
      }
    }
  }
  return null;
}

const executable = find();
if (executable === null && process.env.CI)
  throw new Error("CI has no Chromium; .ci/run installs it");

export const chromiumMissing = executable === null;
export const chromiumNote = chromiumMissing ? " (not run: there is no Chromium on PATH)" : "";

const words = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ...["--disable-gpu", "--no-first-run", "--disable-background-networking"],
  ...["--disable-component-update", "--disable-sync", "--disable-quic"],
];
const executablePath = executable ?? "";

/** Headless, and without the requests of its own that a closed network would refuse. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath, args: words });

/** The same with a profile in this folder, where others find the port to join it by. */
export const launchPersistentChromium = (folder: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(folder, {
    ...{ executablePath, viewport: null, handleSIGINT: false, handleSIGTERM: false },
    args: [...words, "--remote-debugging-port=0"],
  });
