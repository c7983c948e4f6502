/**
 * Stamps: small JSON files that say "this was done for these inputs". They are
 * written last and atomically, so a set-up that is killed leaves none and the
 * next one repeats the step.
 */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

/**
 * @param {string} path
 * @returns {Record<string, any> | null} null when absent or not JSON
 */
export function readStamp(path) {
  try {
    const value = JSON.parse(readFileSync(path, "utf8"));
    return value !== null && typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} path
 * @param {object} value
 */
export function writeStamp(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}.tmp`;
  writeFileSync(unfinished, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(unfinished, path);
}

/** @param {string} path */
export function removeStamp(path) {
  rmSync(path, { force: true });
}

/**
 * A hash of texts, in order.
 * @param {readonly string[]} parts
 */
export function hashOf(parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest("hex").slice(0, 32);
}

/**
 * Size and time of each file, which is cheap where hashing 850 MB is not.
 * @param {readonly string[]} paths links are followed
 * @returns {Record<string, string>} path to "size:mtime"; "absent" for what is not there
 */
export function fileMarks(paths) {
  return Object.fromEntries(
    paths.map((path) => {
      const status = statSync(path, { throwIfNoEntry: false });
      return [path, status ? `${status.size}:${Math.round(status.mtimeMs)}` : "absent"];
    }),
  );
}

/**
 * @param {Record<string, string> | undefined} marks as `fileMarks` gave them earlier
 * @returns {boolean} whether every file is there and unchanged
 */
export function marksHold(marks) {
  const paths = Object.keys(marks ?? {});
  const now = fileMarks(paths);
  return (
    paths.length > 0 && paths.every((path) => now[path] !== "absent" && now[path] === marks?.[path])
  );
}

/**
 * Every file under the given files and folders, sorted, so that the order of the disk does not matter.
 * @param {readonly string[]} paths what is not there is left out
 * @returns {string[]}
 */
export function filesUnder(paths) {
  const found = paths.flatMap((path) => {
    if (!existsSync(path)) return [];
    if (!statSync(path).isDirectory()) return [path];
    return filesUnder(readdirSync(path).map((name) => join(path, name)));
  });
  return found.sort();
}
