/** A made-up project and cache in a temporary folder, for the steps of set-up. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createContext } from "../../scripts/setup/context.mjs";
import type { SetupContext } from "../../scripts/setup/context.mjs";
import { placesOf } from "../../scripts/setup/places.mjs";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Writes a file and the folders above it. */
export function write(path: string, text = ""): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** A context over an empty project; `said` collects what set-up prints. */
export function emptyProject(changes: Partial<SetupContext> = {}): {
  context: SetupContext;
  said: string[];
} {
  const folder = temporaryFolder();
  const said: string[] = [];
  const places = placesOf(join(folder, "project"), join(folder, "cache"));
  write(join(places.root, "package-lock.json"), "{}");
  write(join(places.tfjs, "package.json"), '{ "version": "4.22.0" }');
  const report = {
    step: (name: string, message: string) => void said.push(`${name}: ${message}`),
    note: (name: string, message: string) => void said.push(`${name}: ${message}`),
  };
  const context = createContext(report, { places, environment: { PATH: "" }, ...changes });
  return { context, said };
}
