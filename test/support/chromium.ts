/**
 * A real Chromium from this system. In CI it must be there; elsewhere a missing one skips the tests
 * that need it, and their suite's name says so.
 */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser } from "playwright-core";

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

/** Headless, and without the requests of its own that a closed network would refuse. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: executable ?? "",
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ...["--disable-gpu", "--no-first-run", "--disable-background-networking"],
      ...["--disable-component-update", "--disable-sync", "--disable-quic"],
    ],
  });
