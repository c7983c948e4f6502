/**
 * A folder in place of Electron's own files, with what electron-builder looks for: names, a version,
 * and an executable that holds the place of the fuses («fuse wire», @electron/fuses: a sentinel, its
 * version, the number of fuses, one character each). It cannot run anything.
 */
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const sentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
const files = [
  "chrome-sandbox",
  "chrome_crashpad_handler",
  "icudtl.dat",
  "libffmpeg.so",
  "LICENSE",
  "LICENSES.chromium.html",
  "locales/en-US.pak",
  "resources.pak",
];

export function electronStub(folder: string, version: string): string {
  for (const name of ["locales", "resources"]) mkdirSync(join(folder, name), { recursive: true });
  for (const name of files) writeFileSync(join(folder, name), name);
  writeFileSync(join(folder, "version"), version);
  const wire = Buffer.concat([
    Buffer.from(`#!/bin/sh\nexit 0\n# ${sentinel}`),
    Buffer.from([1, 9]),
    Buffer.from("100010011\n"),
  ]);
  writeFileSync(join(folder, "electron"), wire);
  chmodSync(join(folder, "electron"), 0o755);
  return folder;
}
