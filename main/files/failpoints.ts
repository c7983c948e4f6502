/**
 * Places where a crash is worth trying: tests end the process at one of them, as a power cut would,
 * and look at what is left. They do nothing unless GAN_STUDIO_FAILPOINT names one: `NAME` for the
 * first time that it is passed, `NAME:3` for the third. The process then kills itself (SIGKILL);
 * with `NAME:3:full` the call fails instead as on a full disk, that time and ever after until the
 * file named by GAN_STUDIO_FAILPOINT_UNTIL exists. NODE_ENV=production switches them off.
 * The idea is SQLite's (https://www.sqlite.org/testing.html, 3.3).
 */
import { existsSync } from "node:fs";
import { Problem } from "../spec/problem.ts";

export const failpoints = [
  /** Of every durable file; in the training process for checkpoints and sheets, else in the main one. */
  "write.before",
  "write.middle",
  "write.sync",
  "write.rename",
  "write.renamed",
  "write.synced",
  /** Of progress that is stored, in the main process. */
  "commit.before",
  "commit.inside",
  "commit.recorded",
  "commit.after",
  /** Of old checkpoints, in the main process. */
  "prune.before",
  "prune.forgotten",
  "prune.between",
  /** Of an older database, when the data folder is opened. */
  "migration.before",
  "migration.backup",
  "migration.inside",
  "migration.after",
  /** Of a damaged database, when the data folder is opened. */
  "rebuild.before",
  "rebuild.inside",
  "rebuild.built",
  "rebuild.aside",
  "rebuild.after",
  /** Of a bundle that is imported, in the main process. */
  "import.before",
  "import.moved",
  "import.after",
] as const;

export type Failpoint = (typeof failpoints)[number];

const [wanted, nth = "1", action = "kill"] =
  process.env.NODE_ENV === "production" ? [] : (process.env.GAN_STUDIO_FAILPOINT ?? "").split(":");

let passed = 0;

/** Throws `disk.full` where a full disk is played. */
export function failpoint(name: Failpoint): void {
  if (name !== wanted || ++passed < Number(nth)) return;
  if (action === "full") {
    const until = process.env.GAN_STUDIO_FAILPOINT_UNTIL;
    if (until !== undefined && existsSync(until)) return;
    throw new Problem(
      "disk.full",
      `The disk is full (at ${name}). Free some space, then try again.`,
    );
  }
  if (passed === Number(nth)) process.kill(process.pid, "SIGKILL");
}
