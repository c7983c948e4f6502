/**
 * `npm test`: Vitest with its own report, then a line alone, "N passed, N failed, N skipped", for programs that read
 * the end of the output. Arguments are passed on to Vitest.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "./setup/places.mjs";
import { readStamp } from "./setup/stamp.mjs";
import { COUNTS_FILE, countsLine } from "./test/counts.mjs";

const folder = mkdtempSync(join(tmpdir(), "gan-studio-test-"));
const file = join(folder, "counts.json");
const given = process.argv.slice(2);
const reporters = given.some((word) => word.startsWith("--reporter")) ? [] : ["--reporter=default"];
const vitest = join(projectRoot, "node_modules", "vitest", "vitest.mjs");
const counter = `--reporter=${join(projectRoot, "scripts", "test", "counts.mjs")}`;
const child = spawn(process.execPath, [vitest, "run", ...given, ...reporters, counter], {
  cwd: projectRoot,
  env: { ...process.env, [COUNTS_FILE]: file },
  stdio: "inherit",
});
// The terminal's Ctrl-C reaches Vitest by itself; this process only waits, to clean up.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code) => {
  const counts = /** @type {import("./test/counts.mjs").Counts | null} */ (readStamp(file));
  process.stdout.write(`\n${countsLine(counts)}\n`);
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = code ?? 1;
});
