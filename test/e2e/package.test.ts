/**
 * The packaged app: electron-builder's own run with the project's configuration, with a stub in place
 * of Electron's binary. What is in the package, what lies beside it, the fuses; and its session process
 * under plain Node, which must find TensorFlow in the packaged layout.
 */
import { fork } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { extractAll, listPackage } from "@electron/asar";
import { getCurrentFuseWire, FuseV1Options } from "@electron/fuses";
import { build, Platform } from "electron-builder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildShell } from "../../scripts/start/electron.mjs";
import type { FromSession } from "../../main/training/messages.ts";
import { electronStub } from "../support/packaging/electron-stub.ts";
import { tensorflowMissing, tensorflowTitle } from "../support/tensorflow.ts";

const root = join(import.meta.dirname, "..", "..");
const { version } = JSON.parse(
  readFileSync(join(root, "node_modules", "electron", "package.json"), "utf8"),
) as { version: string };

const binding = join("node_modules", "@tensorflow", "tfjs-node-gpu");
/** Removed when all tests are over. */
const folder = mkdtempSync(join(tmpdir(), "gan-studio-package-"));
let resources = "";
let executable = "";
let names: string[] = [];

// The stub is a Linux Electron; the other systems' packages are built and looked at on these systems.
describe.skipIf(process.platform !== "linux")("the packaged app", () => {
  beforeAll(async () => {
    expect(await buildShell(root)).toBeNull();
    const output = join(folder, "packages");
    await build({
      targets: Platform.LINUX.createTarget("dir"),
      publish: "never",
      projectDir: root,
      config: {
        extends: join(root, "electron-builder.yml"),
        directories: { output },
        electronDist: electronStub(join(folder, "electron"), version),
        electronVersion: version,
        // Most of a gigabyte, linked below where it is needed.
        extraResources: null,
      },
    });
    resources = join(output, "linux-unpacked", "resources");
    executable = join(output, "linux-unpacked", "gan-studio");
    names = listPackage(join(resources, "app.asar"), { isPack: false });
  }, 180_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("holds what the app loads, and nothing that only its making needs", () => {
    for (const name of ["main.js", "preload.cjs", "session.js"])
      expect(names).toContain(`/dist/electron/${name}`);
    expect(names).toContain("/dist/renderer/index.html");
    expect(names).toContain("/LICENSE");
    const unwanted = /\.(?:map|ts|cc|cpp|h|gyp)$|^\/(?:test|scripts|main|renderer|docs)\b/;
    expect(names.filter((name) => unwanted.test(name))).toEqual([]);
    const development = ["electron", "vite", "vitest", "typescript", "svelte", "electron-builder"];
    for (const name of development) expect(names).not.toContain(`/node_modules/${name}`);
    const databases = names.filter((name) => /prebuilds\/.+\.node$/.test(name));
    expect(databases).toEqual([
      `/node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`,
    ]);
  });

  it("keeps native parts outside of the archive, where the system can load them", () => {
    const native = names.filter((name) => /\.(?:node|so(?:\.[\d.]+)?)$/.test(name));
    expect(native.length).toBeGreaterThan(3);
    for (const name of native)
      expect(existsSync(join(resources, "app.asar.unpacked", name)), name).toBe(true);
  });

  it("has the fuses set that no test under Electron can set later", async () => {
    const wire = await getCurrentFuseWire(executable);
    const state = (fuse: FuseV1Options) => String.fromCharCode(wire[fuse] ?? 0);
    expect({
      runAsNode: state(FuseV1Options.RunAsNode),
      cookieEncryption: state(FuseV1Options.EnableCookieEncryption),
      nodeOptions: state(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      nodeInspect: state(FuseV1Options.EnableNodeCliInspectArguments),
      integrity: state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      onlyFromArchive: state(FuseV1Options.OnlyLoadAppFromAsar),
      filePrivileges: state(FuseV1Options.GrantFileProtocolExtraPrivileges),
    }).toEqual({
      runAsNode: "0",
      cookieEncryption: "1",
      nodeOptions: "0",
      nodeInspect: "0",
      integrity: "1",
      onlyFromArchive: "1",
      filePrivileges: "0",
    });
  });

  it.skipIf(tensorflowMissing)(
    `starts its session process and finds TensorFlow: ${tensorflowTitle}`,
    async () => {
      // Electron reads the archive as a folder; plain Node needs it unpacked.
      const app = join(folder, "app");
      extractAll(join(resources, "app.asar"), app);
      const library = join(root, binding, "deps", "lib");
      const target = lstatSync(library).isSymbolicLink() ? readlinkSync(library) : library;
      mkdirSync(join(app, binding, "deps"), { recursive: true });
      symlinkSync(target, join(app, binding, "deps", "lib"));
      const answer = await describedBy(join(app, "dist", "electron", "session.js"));
      expect(answer).toMatchObject({ type: "described", engine: { name: "tensorflow" } });
    },
  );
});

/** What a session process says of its engine. */
function describedBy(entry: string): Promise<FromSession> {
  const child = fork(entry, [], {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let errors = "";
  child.stderr?.on("data", (text: Buffer) => (errors += text.toString()));
  return new Promise((resolve, reject) => {
    child.on("message", (message) => {
      resolve(message as FromSession);
      child.send({ type: "goodbye" });
    });
    child.on("exit", (code) => {
      reject(new Error(`the session ended with ${String(code)}:\n${errors}`));
    });
    child.send({ type: "start", job: { kind: "describe", engine: "tensorflow" } });
  });
}
