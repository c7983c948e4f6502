/** Inputs that made trouble once, as files named `TARGET-WHAT`. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("corpus", import.meta.url));

export function corpusOf(target: string): Map<string, Uint8Array> {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return new Map(
    names
      .filter((name) => name.startsWith(`${target}-`))
      .map((name) => [name, readFileSync(join(folder, name))]),
  );
}
