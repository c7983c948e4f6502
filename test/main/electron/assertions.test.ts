/**
 * What must hold of the whole source for the desktop app to be safe to install: docs/security.md lists
 * these and the tests of behaviour beside them.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "../../../main/contract/content-security-policy.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");

/** Sources below a folder, without comments: those may name what the code must not use. */
const sourcesOf = (...folders: string[]) =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(ts|svelte)$/.test(name))
      .map((name) => ({
        path: `${folder}/${name.replaceAll("\\", "/")}`,
        text: read(folder, name).replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|(?<!:)\/\/.*$/gm, ""),
      })),
  );
const main = sourcesOf("main");
const page = sourcesOf("renderer");
const using = (sources: typeof main, pattern: RegExp) =>
  sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

it("reads the sources that it judges", () => {
  expect(main.length).toBeGreaterThan(200);
  expect(page.length).toBeGreaterThan(100);
  expect(using(main, /import\.meta\.dirname/)).toContain("main/electron/main.ts");
});

describe("the page", () => {
  it("may load its own files, and nothing inline or from elsewhere", () => {
    const directives = contentSecurityPolicy.split("; ");
    for (const directive of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "object-src 'none'",
      "require-trusted-types-for 'script'",
    ])
      expect(directives).toContain(directive);
    expect(contentSecurityPolicy).not.toMatch(/unsafe|\*|https?:/);
  });

  it("makes no markup and no code of texts", () => {
    const pattern =
      /\{@html|\.innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/;
    expect(using(page, pattern)).toEqual([]);
  });

  it("reaches Electron by nothing but what the preload file hands over", () => {
    expect(using(page, /from "electron|require\(/)).toEqual([]);
    expect(using(page, /\.ganStudio\b/)).toEqual(["renderer/main.ts"]);
  });
});

describe("files that people bring along", () => {
  it("are never loaded as a graph of TensorFlow, which would be a program", () => {
    expect(using(main, /\.loadSavedModel\(/)).toEqual(["main/engine/compile/session.ts"]);
  });

  it("are never read by tfjs's own file handlers, which join paths unchecked", () => {
    expect(using(main, /io\.fileSystem\(|fileSystem\(|loadGraphModel|file:\/\//)).toEqual([]);
  });
});

describe("what is installed", () => {
  const yaml = read("electron-builder.yml");

  it("has every fuse as the security model wants it", () => {
    const block = /^electronFuses:\n((?: {2}.+\n)+)/m.exec(yaml)?.[1] ?? "";
    const fuses = Object.fromEntries(
      block
        .trim()
        .split("\n")
        .map((line) => line.trim().split(": ")),
    ) as Record<string, string>;
    expect(fuses).toEqual({
      runAsNode: "false",
      enableCookieEncryption: "true",
      enableNodeOptionsEnvironmentVariable: "false",
      enableNodeCliInspectArguments: "false",
      enableEmbeddedAsarIntegrityValidation: "true",
      onlyLoadAppFromAsar: "true",
      grantFileProtocolExtraPrivileges: "false",
    });
  });

  it("is one archive, and opens run files", () => {
    expect(yaml).toMatch(/^asar: true$/m);
    expect(yaml).toMatch(/fileAssociations:\n {2}- ext: ganrun/);
  });

  it("starts its processes without switches that weaken them", () => {
    expect(using(main, /remote-debugging|no-sandbox|disable-web-security|--inspect/)).toEqual([]);
    expect(using(main, /appendSwitch|setCertificateVerifyProc|certificate-error/)).toEqual([]);
  });

  it("comes from a lock file with checksums, and runs no script of a package", () => {
    expect(read(".npmrc")).toMatch(/^ignore-scripts=true$/m);
    const { packages } = JSON.parse(read("package-lock.json")) as {
      packages: Record<string, { integrity?: string; link?: boolean }>;
    };
    const unchecked = Object.entries(packages)
      .filter(([name, { integrity, link }]) => name !== "" && !link && !integrity)
      .map(([name]) => name);
    expect(unchecked).toEqual([]);
  });

  it("pins each version, so that no other comes by itself", () => {
    const { dependencies, devDependencies } = JSON.parse(read("package.json")) as Record<
      "dependencies" | "devDependencies",
      Record<string, string>
    >;
    const versions = Object.entries({ ...dependencies, ...devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it("holds no development server: that one stays on this machine and is not shipped", () => {
    const host = /host:\s*(.+)/.exec(read("vite.config.ts"))?.[1];
    expect(host ?? "127.0.0.1").toMatch(/127\.0\.0\.1|localhost/);
    expect(using(main, /from "vite/)).toEqual([]);
  });
});
