/**
 * electron-builder's own run with the project's configuration: a stub in place of Electron's files,
 * stand-ins for the two programs that it would fetch (fpm, 7za), and a link to two small files in place
 * of TensorFlow's library, which has most of a gigabyte.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, Platform } from "electron-builder";
import { collectNotices, noticesText } from "../../../scripts/package/notices.mjs";
import { buildShell } from "../../../scripts/start/electron.mjs";
import { electronStub } from "./electron-stub.ts";
import { readYaml } from "./yaml.ts";

export const root = join(import.meta.dirname, "..", "..", "..");

/** Programs of the system without which there is no Debian package here. */
const needed = ["dpkg-deb", "gzip", "tar"];
const missing = needed.filter((name) => spawnSync(name, ["--version"]).error !== undefined);
export const packagersMissing = missing.length > 0;
export const packagersNote = packagersMissing
  ? ` (not run: there is no ${missing.join(", ")})`
  : "";

/** In place of TensorFlow's two files. */
export const libraries = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"] as const;

/** Of the library's own parts, as it comes with them. */
export const thirdParty = "THIRD_PARTY_NOTICES.txt";

export interface BuiltPackage {
  /** The app's folder, as it is installed. */
  unpacked: string;
  /** Folder of the archives that are given to people. */
  output: string;
}

function program(path: string, lines: readonly string[]): string {
  writeFileSync(path, ["#!/bin/sh", ...lines, ""].join("\n"));
  chmodSync(path, 0o755);
  return path;
}

/** A folder of the library as set-up leaves it: a link to where it is cached. */
function linkedLibrary(folder: string): string {
  const cached = join(folder, "cached");
  mkdirSync(cached);
  for (const name of libraries) writeFileSync(join(cached, name), name);
  writeFileSync(join(cached, "c_api.h"), "not for the package");
  writeFileSync(join(cached, thirdParty), "whose code TensorFlow contains");
  const link = join(folder, "lib");
  symlinkSync(cached, link);
  return link;
}

/** Builds below this folder; it must be there and is the caller's to remove. */
export async function buildPackage(folder: string): Promise<BuiltPackage> {
  const reason = await buildShell(root);
  if (reason !== null) throw new Error(reason);
  const electron = join(root, "node_modules", "electron", "package.json");
  const { version } = JSON.parse(readFileSync(electron, "utf8")) as { version: string };
  const own = readYaml(join(root, "electron-builder.yml")) as {
    directories: object;
    extraFiles: { from: string; to: string }[];
    extraResources: { from: string; to: string; filter: string[] }[];
  };
  const fpm = join(import.meta.dirname, "fpm-stand-in.ts");
  process.env.CUSTOM_FPM_PATH = program(join(folder, "fpm"), [
    `exec "${process.execPath}" "${fpm}" "$@"`,
  ]);
  // «a … OUT IN», for a tar that becomes a tar.gz.
  process.env.ELECTRON_BUILDER_7ZIP_PATH = program(join(folder, "7za"), [
    'for word; do before="$last"; last="$word"; done',
    'exec gzip -1 --stdout "$last" > "$before"',
  ]);
  const output = join(folder, "packages");
  const targets = packagersMissing ? ["dir"] : ["dir", "tar.gz", "deb"];
  const from = linkedLibrary(folder);
  const notices = join(folder, "notices.txt");
  writeFileSync(notices, noticesText(collectNotices(root)));
  const config = join(folder, "builder.json");
  // In a file, for what is given beside the project's own file is joined to its lists.
  const settings = {
    ...own,
    directories: { ...own.directories, output },
    electronDist: electronStub(join(folder, "electron"), version),
    electronVersion: version,
    extraFiles: own.extraFiles.map((rule) => ({ ...rule, from: notices })),
    extraResources: own.extraResources.map((rule) => ({ ...rule, from })),
  };
  writeFileSync(config, JSON.stringify(settings));
  await build({
    targets: Platform.LINUX.createTarget(targets),
    publish: "never",
    projectDir: root,
    config,
  });
  return { unpacked: join(output, "linux-unpacked"), output };
}
