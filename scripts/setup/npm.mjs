/** Finds npm and the node-gyp that comes with it, and the flags that make npm quick and quiet. */
import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { runLimited } from "./command.mjs";
import { hostAnswers } from "./probe.mjs";
import { findProgram } from "./search-path.mjs";

const PROBE_SECONDS = 10;

/**
 * The flags of every installation: no install scripts and no noise. Where the registry does not answer, npm is told to
 * use its cache alone; by itself it would wait for the network for minutes, even for what the cache holds.
 * @param {{ command: string, parameters: string[] }} npm
 * @param {import("./context.mjs").SetupContext} context
 * @returns {Promise<string[]>}
 */
export async function installFlags(npm, { environment, places }) {
  const answer = await runLimited(npm.command, [...npm.parameters, "config", "list", "--json"], {
    cwd: places.root,
    environment,
    seconds: 30,
  });
  const { registry, proxy } = readConfiguration(answer.stdout);
  const probed = proxy ? { ...environment, HTTPS_PROXY: proxy } : environment;
  const online = registry === null || (await hostAnswers(registry, PROBE_SECONDS, probed));
  return [
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    online ? "--prefer-offline" : "--offline",
  ];
}

/**
 * @param {string} text what `npm config list --json` printed
 * @returns {{ registry: string | null, proxy: string | null }} null where npm does not say
 */
export function readConfiguration(text) {
  /** @type {Record<string, unknown>} */
  let values = {};
  try {
    values = JSON.parse(text);
  } catch {
    // An npm that cannot list its settings may still install.
  }
  return {
    registry: typeof values.registry === "string" ? values.registry : null,
    proxy: typeof values["https-proxy"] === "string" ? values["https-proxy"] : null,
  };
}

/**
 * @param {Record<string, string | undefined>} environment
 * @returns {{ command: string, parameters: string[] } | null} how npm is started
 */
export function findNpm(environment = process.env) {
  const script = environment.npm_execpath;
  // `npm run` names its own script here; so do yarn and pnpm, which are of no use to us.
  if (script && basename(script) === "npm-cli.js" && existsSync(script)) {
    return { command: process.execPath, parameters: [script] };
  }
  const program = findProgram(["npm"], environment);
  return program ? { command: program, parameters: [] } : null;
}

/**
 * @param {Record<string, string | undefined>} environment
 * @param {string} modules the project's node_modules
 * @returns {string | null} path of node-gyp.js
 */
export function findNodeGyp(environment, modules) {
  const program = findProgram(["npm"], environment);
  const scripts = [
    environment.npm_execpath,
    program ? realpathSync(program) : undefined,
    // Windows: npm.cmd stands beside node_modules instead of linking into it.
    program ? join(dirname(program), "node_modules", "npm", "bin", "npm-cli.js") : undefined,
  ];
  const candidates = scripts
    .filter((script) => script !== undefined)
    .map((script) => join(dirname(script), "..", "node_modules", "node-gyp", "bin", "node-gyp.js"));
  candidates.push(join(modules, "node-gyp", "bin", "node-gyp.js"));
  const own = findProgram(["node-gyp"], environment);
  if (own && process.platform !== "win32") candidates.push(realpathSync(own));
  return candidates.find((candidate) => existsSync(candidate)) ?? null;
}
