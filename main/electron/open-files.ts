/**
 * Run files that the system asks the app to open: as words of its command line (Linux, Windows, first
 * and second start) or by an event (macOS). Nothing is read here; the import checks what they hold.
 */
import type { App } from "electron";
import { posix, win32 } from "node:path";

const ending = ".ganrun";

/** Absolute paths of the run files among a program's words. Addresses and switches are none. */
export function bundlesIn(
  words: readonly string[],
  folder: string,
  platform: NodeJS.Platform,
): string[] {
  const path = platform === "win32" ? win32 : posix;
  return words
    .filter((word) => isBundle(word) && !word.startsWith("-"))
    .map((word) => path.resolve(folder, word));
}

const isBundle = (name: string): boolean =>
  name.toLowerCase().endsWith(ending) && !/^[a-z][a-z+.-]+:\/\//i.test(name);

export interface OpenFiles {
  app: Pick<App, "on">;
  words: readonly string[];
  folder: string;
  platform: NodeJS.Platform;
  /** Called once a file. */
  open: (path: string) => void;
}

/** Must be called before the app is ready: macOS tells of a file before that. */
export function watchOpenFiles({ app, words, folder, platform, open }: OpenFiles): void {
  for (const path of bundlesIn(words, folder, platform)) open(path);
  app.on("second-instance", (_event, theirWords, theirFolder) => {
    for (const path of bundlesIn(theirWords.slice(1), theirFolder, platform)) open(path);
  });
  app.on("open-file", (event, path) => {
    event.preventDefault();
    if (isBundle(path)) open(path);
  });
}
