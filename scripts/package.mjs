/**
 * `npm run package`: the desktop app as installers for the system that this runs on, in dist/packages. Arguments go on
 * to electron-builder (`npm run package -- --dir` leaves an unpacked app).
 */
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { collectNotices, noticesText } from "./package/notices.mjs";
import { projectRoot } from "./setup/places.mjs";
import { buildShell } from "./start/electron.mjs";

// Chunks of former builds have other names and would be packaged with the new ones.
rmSync(join(projectRoot, "dist", "electron"), { recursive: true, force: true });
const reason = await buildShell(projectRoot);
if (reason !== null) {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}
writeFileSync(
  join(projectRoot, "dist", "THIRD-PARTY-NOTICES.txt"),
  noticesText(collectNotices(projectRoot)),
);
const builder = join(projectRoot, "node_modules", "electron-builder", "cli.js");
const { status } = spawnSync(
  process.execPath,
  [builder, "--publish", "never", ...process.argv.slice(2)],
  { cwd: projectRoot, stdio: "inherit" },
);
process.exitCode = status ?? 1;
