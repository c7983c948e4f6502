/** Step "page": builds the renderer into dist/ when one of its inputs changed. */
import { existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { lastLines, runLimited } from "./command.mjs";
import { SetupProblem } from "./problem.mjs";
import { fileMarks, filesUnder, hashOf, readStamp, removeStamp, writeStamp } from "./stamp.mjs";

/** @typedef {import("./context.mjs").SetupContext} SetupContext */

const SECONDS = 5 * 60;

/** @param {SetupContext} context */
export function pageIsBuilt(context) {
  const { root } = context.places;
  if (!existsSync(join(root, "renderer")) || viteConfigs(root).length === 0) return true;
  const stamp = readStamp(stampPath(context));
  return (
    stamp?.key === pageKey(root) &&
    typeof stamp.page === "string" &&
    existsSync(join(root, stamp.page))
  );
}

/**
 * @param {SetupContext} context
 * @returns {Promise<string>}
 * @throws {SetupProblem} with Vite's last lines
 */
export async function buildPage(context) {
  const { root } = context.places;
  // Taken before the build: a file that is saved meanwhile makes the page stale, and the next set-up builds again.
  const key = pageKey(root);
  removeStamp(stampPath(context));
  const result = await runLimited(
    context.node,
    [join(root, "node_modules", "vite", "bin", "vite.js"), "build"],
    {
      cwd: root,
      environment: context.environment,
      seconds: SECONDS,
      adopt: context.adopt,
    },
  );
  const page = filesUnder([join(root, "dist")]).find((file) => file.endsWith("index.html"));
  if (!result.ok || !page) {
    throw new SetupProblem(
      "The page could not be built; Vite's last lines follow.",
      lastLines(result.output, 25),
    );
  }
  writeStamp(stampPath(context), { key, page: relative(root, page) });
  return "built";
}

/** @param {string} root */
export function pageKey(root) {
  const inputs = [
    "renderer",
    "main/spec",
    "main/contract",
    "package-lock.json",
    ...viteConfigs(root),
  ];
  const marks = fileMarks(filesUnder(inputs.map((path) => join(root, path))));
  return hashOf(Object.entries(marks).flatMap(([path, mark]) => [relative(root, path), mark]));
}

/** @param {string} root */
function viteConfigs(root) {
  return readdirSync(root).filter((name) => /^vite\.config\.[cm]?[jt]s$/.test(name));
}

/** @param {SetupContext} context */
function stampPath(context) {
  return join(context.places.stamps, "page.json");
}
