/**
 * The packaged app: electron-builder's own run with the project's configuration, with a stub in place
 * of Electron's binary. What is in the packages, what lies beside them, the fuses; and the packaged
 * session process under plain Node, which must train and export in the packaged layout.
 */
import { execFileSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { extractFile, getRawHeader, listPackage } from "@electron/asar";
import { getCurrentFuseWire, FuseV1Options } from "@electron/fuses";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sessionEnvironment } from "../../main/api/sessions/environment.ts";
import { engines } from "../support/engines.ts";
import {
  buildPackage,
  libraries,
  packagersMissing,
  packagersNote,
  thirdParty,
} from "../support/packaging/build-package.ts";
import {
  askSession,
  everyFormat,
  tensorflowLibrary,
  told,
  trainAndExport,
  unpackApp,
} from "../support/packaging/packaged-session.ts";
import { tensorflowMissing, tensorflowTitle } from "../support/tensorflow.ts";

/** Removed when all tests are over. */
const folder = mkdtempSync(join(tmpdir(), "gan-studio-package-"));
let output = "";
let unpacked = "";
let resources = "";
let entry = "";
let names: string[] = [];

/** Every file and link below, with paths from it. */
const everythingIn = (place: string) =>
  readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((found) => !found.isDirectory())
    .map((found) => ({
      path: join(found.parentPath, found.name).slice(place.length + 1),
      bytes: lstatSync(join(found.parentPath, found.name)).size,
      isLink: found.isSymbolicLink(),
    }));

const pathsIn = (place: string) =>
  everythingIn(place)
    .map(({ path }) => path)
    .sort();

const mebibytes = (place: string) =>
  everythingIn(place).reduce((sum, { bytes }) => sum + bytes, 0) / 2 ** 20;

// The stub is a Linux Electron; the other systems' packages are built and looked at on these systems.
describe.skipIf(process.platform !== "linux")("the packaged app", () => {
  beforeAll(async () => {
    const built = await buildPackage(folder);
    ({ output, unpacked } = built);
    resources = join(unpacked, "resources");
    names = listPackage(join(resources, "app.asar"), { isPack: false });
    entry = unpackApp(resources, join(folder, "app"), !tensorflowMissing);
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

  it("takes TensorFlow's library from behind set-up's link, with its notices and without headers", () => {
    const place = join(
      ...[resources, "app.asar.unpacked", "node_modules", "@tensorflow", "tfjs-node-gpu"],
      ...["deps", "lib"],
    );
    expect(lstatSync(place).isDirectory()).toBe(true);
    expect(readdirSync(place).sort()).toEqual([thirdParty, ...libraries]);
    for (const name of libraries) expect(lstatSync(join(place, name)).isFile()).toBe(true);
  });

  it("holds no link, which would lead out of the package", () => {
    expect(everythingIn(unpacked).filter(({ isLink }) => isLink)).toEqual([]);
    expect(JSON.stringify(getRawHeader(join(resources, "app.asar")).header)).not.toContain(
      '"link":',
    );
  });

  it("brings the licence of every package in it, as a file and for Settings", () => {
    const text = readFileSync(join(unpacked, "THIRD-PARTY-NOTICES.txt"), "utf8");
    const shipped = names.filter((name) =>
      /\/node_modules\/(?:@[^/]+\/)?[^/]+\/package\.json$/.test(name),
    );
    expect(shipped.length).toBeGreaterThan(100);
    for (const path of shipped) {
      const { name, version } = JSON.parse(
        extractFile(join(resources, "app.asar"), path.slice(1)).toString("utf8"),
      ) as { name: string; version: string };
      expect(text, path).toContain(`\n${name} ${version} (`);
    }
    for (const name of ["svelte", "chart.js", "@lucide/svelte"])
      expect(text).toContain(`\n${name} `);
    expect(names).toContain("/dist/renderer/licences.json");
    for (const name of ["LICENSE.electron.txt", "LICENSES.chromium.html"])
      expect(existsSync(join(unpacked, name)), name).toBe(true);
  });

  it("is as large as its parts must be, and no larger", () => {
    const native = join(resources, "app.asar.unpacked", "node_modules");
    const sizes = {
      archive: statSync(join(resources, "app.asar")).size / 2 ** 20,
      pictures: mebibytes(join(native, "@img")),
      database: mebibytes(join(native, "better-sqlite3")),
      binding: mebibytes(join(native, "@tensorflow")),
    };
    expect(sizes.archive).toBeLessThan(110);
    expect(sizes.pictures).toBeLessThan(25);
    expect(sizes.database).toBeLessThan(4);
    expect(sizes.binding).toBeLessThan(4);
  });

  it("has the fuses set that no test under Electron can set later", async () => {
    const wire = await getCurrentFuseWire(join(unpacked, "gan-studio"));
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

  describe.skipIf(packagersMissing)(`as archives for people${packagersNote}`, () => {
    const opened = (name: RegExp, open: (archive: string, target: string) => void): string => {
      const archive = readdirSync(output).find((candidate) => name.test(candidate));
      const target = mkdtempSync(join(folder, "opened-"));
      open(join(output, archive ?? ""), target);
      return target;
    };
    it("is the same app in the tar.gz", () => {
      const target = opened(/\.tar\.gz$/, (archive, into) => {
        execFileSync("tar", ["-xzf", archive, "-C", into, "--strip-components=1"]);
      });
      expect(pathsIn(target)).toEqual(pathsIn(unpacked));
      expect(statSync(join(target, "gan-studio")).mode & 0o111).toBe(0o111);
    });

    it("is installed by the Debian package with its icon, its entry in the menu and its file type", () => {
      const target = opened(/\.deb$/, (archive, into) => {
        execFileSync("dpkg-deb", ["--raw-extract", archive, into]);
      });
      expect(pathsIn(join(target, "opt", "GAN Studio"))).toEqual(pathsIn(unpacked));

      const share = join(target, "usr", "share");
      const entry = readFileSync(join(share, "applications", "gan-studio.desktop"), "utf8");
      expect(entry.split("\n")).toEqual(
        expect.arrayContaining([
          "[Desktop Entry]",
          "Name=GAN Studio",
          'Exec="/opt/GAN Studio/gan-studio" %U',
          "Icon=gan-studio",
          "Type=Application",
          "Categories=Science;",
          "MimeType=application/vnd.ganstudio.run;",
        ]),
      );
      const type = readFileSync(join(share, "mime", "packages", "gan-studio.xml"), "utf8");
      expect(type).toContain('<mime-type type="application/vnd.ganstudio.run">');
      expect(type).toContain('<glob pattern="*.ganrun"/>');
      for (const size of [16, 32, 48, 64, 128, 256, 512]) {
        const place = join(share, "icons", "hicolor", `${size}x${size}`, "apps", "gan-studio.png");
        expect(readFileSync(place).readUInt32BE(16), place).toBe(size);
      }
      for (const name of ["postinst", "postrm"])
        execFileSync("bash", ["-n", join(target, "DEBIAN", name)]);
      const control = readFileSync(join(target, "DEBIAN", "control"), "utf8");
      expect(control).toMatch(/^Package: gan-studio$/m);
      expect(control).toMatch(/^Description: \S/m);
      const outside = pathsIn(target).filter(
        (path) => !/^(?:DEBIAN|opt\/GAN Studio|usr\/share)\//.test(path),
      );
      expect(outside).toEqual([]);
    });
  });

  it.skipIf(tensorflowMissing)(
    `starts its session process and finds TensorFlow: ${tensorflowTitle}`,
    async () => {
      const job = { kind: "describe", engine: "tensorflow" } as const;
      const { engine } = told(await askSession(entry, job, "described"), "described");
      expect(engine.name).toBe("tensorflow");
    },
  );

  it.skipIf(tensorflowMissing)(
    `loads another TensorFlow that the environment names, as it is packaged: ${tensorflowTitle}`,
    async () => {
      const job = { kind: "describe", engine: "tensorflow" } as const;
      const place = join(folder, "app", tensorflowLibrary);
      const library = realpathSync(place);
      // Nothing of the app's own can serve then.
      rmSync(place);
      await expect(askSession(entry, job, "described")).rejects.toThrow(/cannot be loaded/);
      const environment = sessionEnvironment({ ...process.env, GAN_STUDIO_TENSORFLOW: library });
      const answer = told(await askSession(entry, job, "described", environment), "described");
      expect(answer.engine.name).toBe("tensorflow");
      expect(dirname(answer.library ?? "")).toBe(library);
      symlinkSync(library, place);
    },
  );

  for (const { name, title, missing } of engines) {
    it.skipIf(missing)(`trains and exports to every format as packaged: ${title}`, async () => {
      const run = join(folder, `run-${name}`);
      for (const part of ["samples", "checkpoints"])
        mkdirSync(join(run, part), { recursive: true });
      const { formats, files } = await trainAndExport(entry, run, name);
      expect(formats.map(({ format }) => format)).toEqual(everyFormat);
      for (const { difference } of formats) expect(difference ?? 0).toBeLessThan(1e-4);
      for (const { path, content } of files) expect(content.length, path).toBeGreaterThan(0);
    });
  }
});
