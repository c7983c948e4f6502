/** YAML, read by the parser with which electron-builder reads its own configuration. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

// Of electron-builder's own packages none but itself is ours to import.
const builder = createRequire(import.meta.resolve("electron-builder"));
const library = createRequire(builder.resolve("app-builder-lib"));
const { load } = library("js-yaml") as { load: (text: string) => unknown };

/** Throws at what is no YAML. The file's shape is the caller's to know. */
export const readYaml = (path: string): unknown => load(readFileSync(path, "utf8"));
