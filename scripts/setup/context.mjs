/**
 * What every step is given: the paths, the machine, the voice, and the Node that
 * the project runs on once it is known. Tests make their own.
 */
import { cacheFolder, placesOf, projectRoot } from "./places.mjs";

/**
 * @typedef {object} SetupContext
 * @property {ReturnType<typeof placesOf>} places
 * @property {Record<string, string | undefined>} environment
 * @property {string} platform as in `process.platform`
 * @property {string} arch as in `process.arch`
 * @property {string} nodeVersion of the Node that runs set-up
 * @property {string} execPath of the Node that runs set-up
 * @property {string} node path of the Node that the project runs on
 * @property {boolean} again whether to look for a TensorFlow again that was missing before
 * @property {{ step(name: string, message: string, milliseconds: number): void,
 *   note(name: string, message: string): void }} report
 * @property {(pid: number | null) => void} adopt notes the running program in the lock
 */

/**
 * @param {SetupContext["report"]} report
 * @param {Partial<SetupContext>} [changes]
 * @returns {SetupContext}
 */
export function createContext(report, changes = {}) {
  return {
    places: placesOf(projectRoot, cacheFolder()),
    environment: process.env,
    platform: process.platform,
    arch: process.arch,
    nodeVersion: process.versions.node,
    execPath: process.execPath,
    node: process.execPath,
    again: false,
    report,
    adopt: () => undefined,
    ...changes,
  };
}
