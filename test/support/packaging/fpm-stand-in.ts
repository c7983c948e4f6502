/**
 * In place of fpm, which electron-builder fetches from a host that tests do not ask: builds a Debian
 * package with the system's `dpkg-deb` from the words that electron-builder gives fpm. Knows those words
 * alone, and ends with 2 at any other, so that a new one does not go unnoticed. Compresses fast, not well.
 */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const switches = new Set(["--force"]);
const scripts = { "--after-install": "postinst", "--after-remove": "postrm" } as const;
const single = new Set([
  ...["-s", "-t", "--architecture", "--description", "--version", "--package", "--name"],
  ...["--maintainer", "--vendor", "--url", "--category", "--deb-priority", "--deb-compression"],
  ...["--license", ...Object.keys(scripts)],
]);
const repeated = new Set(["-d", "--deb-recommends"]);

interface Asked {
  values: Map<string, string>;
  lists: Map<string, string[]>;
  /** From a path on this disk to one of the package. */
  contents: (readonly [from: string, to: string])[];
}

function read(words: readonly string[]): Asked {
  const asked: Asked = { values: new Map(), lists: new Map(), contents: [] };
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    if (switches.has(word)) continue;
    const next = words[i + 1] ?? "";
    if (single.has(word)) asked.values.set(word, next);
    else if (repeated.has(word)) asked.lists.set(word, [...(asked.lists.get(word) ?? []), next]);
    else if (word.startsWith("-"))
      throw new Error(`fpm was given «${word}», which is not known here`);
    else {
      const at = word.lastIndexOf("=");
      asked.contents.push([word.slice(0, at), word.slice(at + 1)]);
      continue;
    }
    i++;
  }
  return asked;
}

function stage(folder: string, contents: Asked["contents"]): void {
  for (const [from, to] of contents) {
    const target = join(folder, to);
    if (from.endsWith("/")) cpSync(from, target, { recursive: true, verbatimSymlinks: true });
    else {
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(from, target);
      chmodSync(target, 0o644);
    }
  }
}

const kilobytes = (folder: string): number =>
  Math.ceil(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0) / 1024,
  );

function controlOf({ values, lists }: Asked, size: number): string {
  const [synopsis = "", ...rest] = (values.get("--description") ?? "").split("\n");
  const fields: readonly (readonly [string, string | undefined])[] = [
    ["Package", values.get("--name")],
    ["Version", values.get("--version")],
    ["Architecture", values.get("--architecture")],
    ["Maintainer", values.get("--maintainer")],
    ["Installed-Size", size.toString()],
    ["Depends", lists.get("-d")?.join(", ")],
    ["Recommends", lists.get("--deb-recommends")?.join(", ")],
    ["Section", values.get("--category") ?? "default"],
    ["Priority", values.get("--deb-priority")],
    ["Homepage", values.get("--url")],
    ["Description", [synopsis, ...rest.map((line) => ` ${line.trim()}`)].join("\n")],
  ];
  return fields.flatMap(([name, value]) => (value ? [`${name}: ${value}\n`] : [])).join("");
}

function build(asked: Asked): void {
  if (asked.values.get("-t") !== "deb") throw new Error("only Debian packages are built here");
  const folder = mkdtempSync(join(tmpdir(), "gan-studio-deb-"));
  try {
    chmodSync(folder, 0o755);
    stage(folder, asked.contents);
    const size = kilobytes(folder);
    mkdirSync(join(folder, "DEBIAN"));
    writeFileSync(join(folder, "DEBIAN", "control"), controlOf(asked, size));
    for (const [word, name] of Object.entries(scripts)) {
      const path = asked.values.get(word);
      if (path === undefined) continue;
      copyFileSync(path, join(folder, "DEBIAN", name));
      chmodSync(join(folder, "DEBIAN", name), 0o755);
    }
    const target = asked.values.get("--package") ?? "package.deb";
    const fast = ["--root-owner-group", "-Zgzip", "-z1"];
    execFileSync("dpkg-deb", [...fast, "--build", folder, target], { stdio: "inherit" });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  build(read(process.argv.slice(2)));
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  process.exitCode = 2;
}
