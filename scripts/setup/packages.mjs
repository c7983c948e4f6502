/**
 * Step "packages": `npm ci`, without install scripts, whenever package-lock.json
 * changed. The stamp lies inside node_modules, which npm empties first, so that an
 * interrupted installation is never taken for a finished one.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lastLines, runLimited } from "./command.mjs";
import { chosenNodeMajor } from "./node.mjs";
import { findNpm, installFlags } from "./npm.mjs";
import { SetupProblem } from "./problem.mjs";
import { hashOf, readStamp, removeStamp, writeStamp } from "./stamp.mjs";

const SECONDS = 20 * 60;

/** @typedef {import("./context.mjs").SetupContext} SetupContext */

/** @param {SetupContext} context */
export function packagesAreInstalled(context) {
  return readStamp(stampPath(context))?.key === packagesKey(context);
}

/**
 * @param {SetupContext} context
 * @returns {Promise<string>} what was done
 * @throws {SetupProblem}
 */
export async function installPackages(context) {
  const { places, environment } = context;
  const npm = findNpm(environment);
  if (!npm)
    throw new SetupProblem(
      "npm was not found. Install Node 24 with npm from https://nodejs.org, then run the same command again.",
    );
  removeStamp(stampPath(context));
  const flags = await installFlags(npm, context);
  context.report.note("packages", "installing ...");
  const result = await runLimited(
    npm.command,
    [
      ...npm.parameters,
      "ci",
      ...flags,
      // NODE_ENV=production would leave out what builds the page.
      "--include=dev",
      "--include=optional",
    ],
    { cwd: places.root, environment, seconds: SECONDS, adopt: context.adopt },
  );
  if (!result.ok) {
    throw new SetupProblem(explainNpmFailure(result), lastLines(result.output));
  }
  writeStamp(stampPath(context), { key: packagesKey(context) });
  const count = /added (\d+) package/.exec(result.stdout)?.[1];
  return count ? `installed ${count} packages` : "installed";
}

/** @param {SetupContext} context */
export function packagesKey(context) {
  const lock = readFileSync(join(context.places.root, "package-lock.json"), "utf8");
  return hashOf([lock, context.platform, context.arch, String(chosenNodeMajor(context))]);
}

/** @param {SetupContext} context */
function stampPath(context) {
  return join(context.places.stamps, "packages.json");
}

/**
 * @param {{ output: string, timedOut: boolean, code: number | null }} result
 * @returns {string} one sentence that says what to do
 */
export function explainNpmFailure({ output, timedOut }) {
  const again = "then run the same command again.";
  if (timedOut) {
    return `npm did not finish within ${SECONDS / 60} minutes. Check the network connection, ${again}`;
  }
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED/.test(output)) {
    return `The npm registry cannot be reached. Connect to the network (behind a proxy: npm config set proxy), ${again}`;
  }
  if (/ENOSPC/.test(output))
    return `The disk is full: the packages need about 1.2 GB. Free some space, ${again}`;
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return `npm may not write into node_modules. Make the project's folder yours (not root's), ${again}`;
  }
  if (/EUSAGE/.test(output)) {
    return "package.json and package-lock.json do not agree. Run npm install once, then the same command again.";
  }
  if (/EINTEGRITY/.test(output))
    return `A package arrived damaged. Run npm cache clean --force, ${again}`;
  return "npm ci failed; its last lines follow.";
}
