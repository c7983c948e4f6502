/**
 * Where set-up keeps things: inside the project what `npm ci` may wipe, in the
 * user's cache folder what is too large to fetch twice (Node, TensorFlow).
 */
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds package.json. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");

/**
 * The cache folder of this user: `GAN_STUDIO_CACHE`, or the usual place of the platform.
 * @param {Record<string, string | undefined>} environment
 * @param {string} platform as in `process.platform`
 * @param {string} home the user's home folder
 * @returns {string} an absolute path; the folder may not exist yet
 */
export function cacheFolder(
  environment = process.env,
  platform = process.platform,
  home = homedir(),
) {
  if (environment.GAN_STUDIO_CACHE) return resolve(environment.GAN_STUDIO_CACHE);
  if (platform === "darwin") return join(home, "Library", "Caches", "gan-studio");
  if (platform === "win32") {
    return join(environment.LOCALAPPDATA || join(home, "AppData", "Local"), "gan-studio", "Cache");
  }
  return join(environment.XDG_CACHE_HOME || join(home, ".cache"), "gan-studio");
}

/**
 * Every path that set-up reads or writes.
 * @param {string} root project folder
 * @param {string} cache cache folder
 */
export function placesOf(root, cache) {
  const modules = join(root, "node_modules");
  return {
    root,
    cache,
    modules,
    /** Stamps: gone with node_modules, so that a wiped node_modules is set up again. */
    stamps: join(modules, ".gan-studio"),
    binaries: join(modules, ".bin"),
    tfjs: join(modules, "@tensorflow", "tfjs-node-gpu"),
    nodes: join(cache, "node"),
    libraries: join(cache, "tensorflow"),
    bindings: join(cache, "binding"),
    /** Unfinished work; whoever holds the lock may empty it. */
    unfinished: join(cache, "unfinished"),
    lock: join(cache, "setup.lock"),
  };
}
