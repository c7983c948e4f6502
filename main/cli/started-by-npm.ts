/**
 * Where a user stands whom npm brought here. npm starts its scripts in the clone's folder, whichever folder
 * it was called in; that one it tells in INIT_CWD.
 */
import { isAbsolute, relative, resolve } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The folder that relative paths are relative to. INIT_CWD counts for the scripts that are this program
 * alone: it stays in the environment of whatever npm starts, and a program that is started by our tests,
 * or by a script of another package, stands where its own current folder is.
 */
export function currentFolder(environment: Environment, processFolder: string): string {
  const { npm_lifecycle_event: script, npm_package_name: name, INIT_CWD: start } = environment;
  const isOurs = name === "gan-studio" && (script === "gan-studio" || script === "demo");
  return isOurs && start !== undefined && isAbsolute(start) ? start : processFolder;
}

/**
 * How the program is called. From a clone that is not installed, `gan-studio` is no command of the system;
 * npm starts it, and from elsewhere only where it is told of the clone's folder.
 */
export function programName(environment: Environment, root: string): string {
  if (environment.npm_lifecycle_event === undefined) return "gan-studio";
  const start = environment.INIT_CWD;
  const isInside = start === undefined || !/^\.\.([\\/]|$)|^[A-Za-z]:/.test(relative(root, start));
  const clone = resolve(root);
  const folder = /^[\w./-]+$/.test(clone) ? clone : JSON.stringify(clone);
  return isInside ? "npm run gan-studio --" : `npm --prefix ${folder} run gan-studio --`;
}
