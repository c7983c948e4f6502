/** What the npm scripts start once everything is set up, and which steps each needs. */
import { join } from "node:path";

/** @typedef {"packages" | "node" | "tensorflow" | "page"} StepName */

/** @type {StepName[]} */
const ALL = ["packages", "node", "tensorflow", "page"];
/** @type {StepName[]} */
const NO_PAGE = ["packages", "node", "tensorflow"];
/** @type {StepName[]} */
const TOOLS = ["packages", "node"];

/** @type {Record<string, { target: string[], steps: StepName[] }>} */
const TASKS = {
  start: { target: ["scripts/start.mjs"], steps: ALL },
  dev: { target: ["scripts/dev.mjs"], steps: ALL },
  demo: { target: ["main/cli/main.ts", "demo"], steps: ALL },
  test: { target: ["scripts/test.mjs"], steps: ALL },
  crash: { target: ["test/crash/main.ts"], steps: NO_PAGE },
  fuzz: { target: ["test/fuzz/main.ts"], steps: NO_PAGE },
  cli: { target: ["main/cli/main.ts"], steps: NO_PAGE },
  check: { target: ["scripts/check.mjs"], steps: TOOLS },
  package: { target: ["scripts/package.mjs"], steps: ALL },
  fix: { target: ["scripts/fix.mjs"], steps: TOOLS },
};

export const taskNames = Object.keys(TASKS);

/**
 * @param {string | undefined} name undefined for set-up alone
 * @param {readonly string[]} parameters passed on to the task
 * @param {string} root
 * @returns {{ command: string[] | null, steps: StepName[], quiet: boolean } | null} what follows Node's own name on the
 *   command line; null for a task that does not exist
 */
export function planTask(name, parameters, root) {
  if (name === undefined) return { command: null, steps: ALL, quiet: false };
  const task = Object.hasOwn(TASKS, name) ? TASKS[name] : undefined;
  if (!task) return null;
  const [script = "", ...fixed] = task.target;
  const serves = name === "cli" && parameters[0] === "serve";
  return {
    // The oldest Node 24 for Apple's chips still warns of every TypeScript file that it runs.
    command: ["--disable-warning=ExperimentalWarning", join(root, script), ...fixed, ...parameters],
    steps: serves ? ALL : task.steps,
    // The command line's standard output is the command's own, perhaps JSON for another program.
    quiet: name === "cli",
  };
}
