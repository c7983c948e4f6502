/** The one line that sums up a test run, and the Vitest reporter that counts for it. */
import { writeFileSync } from "node:fs";

/** The environment variable that names the file which the reporter writes. */
export const COUNTS_FILE = "GAN_STUDIO_TEST_COUNTS";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Vitest makes reporters with `new`.
 * @returns {{ onTestRunEnd(modules: readonly any[], errors: readonly unknown[]): void }}
 */
export default function CountsReporter() {
  return {
    onTestRunEnd(modules, errors) {
      const file = process.env[COUNTS_FILE];
      if (file) writeFileSync(file, JSON.stringify(countTests(modules, errors)));
    },
  };
}

/**
 * @param {readonly any[]} modules Vitest's test modules
 * @param {readonly unknown[]} errors thrown outside of any test
 * @returns {Counts}
 */
export function countTests(modules, errors) {
  const states = modules.flatMap((module) =>
    Array.from(module.children.allTests(), (/** @type {any} */ test) => test.result().state),
  );
  // A file or a suite that does not even load holds no failed test, and must not pass for that.
  const broken = modules.filter(
    (module) =>
      module.state() === "failed" && !Array.from(module.children.allTests("failed")).length,
  ).length;
  return {
    passed: states.filter((state) => state === "passed").length,
    failed: states.filter((state) => state === "failed").length + broken + errors.length,
    skipped: states.filter((state) => state === "skipped" || state === "pending").length,
  };
}

/**
 * @param {Counts | null} counts null when Vitest ended before it counted, which is one failure
 * @returns {string} "N passed, N failed, N skipped"
 */
export function countsLine(counts) {
  const { passed, failed, skipped } = counts ?? { passed: 0, failed: 1, skipped: 0 };
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
