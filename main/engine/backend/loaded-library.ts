/** Which TensorFlow library a process has loaded, as Linux tells it; elsewhere nothing does. */
import { readFileSync } from "node:fs";

const pattern = /\s(\/.*\/libtensorflow(?:_cc)?\.so[\d.]*)$/m;

/** The path in the text of `/proc/self/maps`; null where there is none. */
export const libraryInMaps = (maps: string): string | null => pattern.exec(maps)?.[1] ?? null;

/** After `loadBackend`. */
export function loadedLibrary(): string | null {
  try {
    return libraryInMaps(readFileSync("/proc/self/maps", "utf8"));
  } catch {
    return null;
  }
}
