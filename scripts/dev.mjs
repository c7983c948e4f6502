/**
 * `npm run dev`: browser mode that follows the source. The page is built again when it changes (reload to see it), and
 * the server starts again when `main/` does.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "./setup/places.mjs";

const parts = [
  [join("node_modules", "vite", "bin", "vite.js"), "build", "--watch", "--logLevel", "warn"],
  ["--watch", join("main", "cli", "main.ts"), "serve", ...process.argv.slice(2)],
];
const children = parts.map((words) =>
  spawn(process.execPath, words, { cwd: projectRoot, stdio: "inherit" }),
);
// The terminal's Ctrl-C reaches both by itself; one that ends takes the other along.
process.on("SIGINT", () => undefined);
for (const child of children) {
  child.on("exit", (code) => {
    for (const other of children) other.kill("SIGTERM");
    process.exitCode ||= code ?? 0;
  });
}
