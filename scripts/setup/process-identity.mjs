/**
 * Tells whether a process that was noted down earlier is still the same one: a
 * process id alone is soon given to another program.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * @param {number} pid
 * @returns {string | null} null when no such process runs
 */
export function processIdentity(pid) {
  if (process.platform === "linux") {
    try {
      const text = readFileSync(`/proc/${pid}/stat`, "utf8");
      // The name, in brackets, may itself hold blanks and brackets: count from the last one.
      const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
      return fields[0] === "Z" || fields[0] === "X" ? null : `${pid}@${fields[19]}`;
    } catch {
      return null;
    }
  }
  if (process.platform === "win32") return isAlive(pid) ? String(pid) : null;
  const answer = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
  const started = (answer.stdout ?? "").trim();
  return started ? `${pid}@${started}` : null;
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
