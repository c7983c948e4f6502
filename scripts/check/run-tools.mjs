/**
 * Runs the project's tools one after the other, all of them whatever fails, and reports one line each; the output of
 * those that fail follows their line.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../setup/places.mjs";
import { stepLine } from "../setup/report.mjs";

/** @typedef {{ name: string, script: string, parameters: string[], needs?: string }} Tool script inside node_modules */

/**
 * @param {readonly Tool[]} tools `needs` names a file of the project without which the tool has nothing to do
 * @param {(text: string) => void} [write]
 * @param {string} [root]
 * @returns {Promise<number>} how many failed
 */
export async function runTools(
  tools,
  write = (text) => void process.stdout.write(text),
  root = projectRoot,
) {
  let failures = 0;
  for (const tool of tools) {
    if (tool.needs && !existsSync(join(root, tool.needs))) continue;
    const started = performance.now();
    const { code, output } = await run(
      join(root, "node_modules", tool.script),
      tool.parameters,
      root,
    );
    if (code !== 0) failures += 1;
    write(`${stepLine(tool.name, code === 0 ? "ok" : "FAILED", performance.now() - started)}\n`);
    if (code !== 0) write(`\n${output.trimEnd()}\n\n`);
  }
  return failures;
}

/** @param {string} script @param {string[]} parameters @param {string} cwd @returns {Promise<{ code: number, output: string }>} */
function run(script, parameters, cwd) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...parameters], {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    /** @param {Buffer} data */
    const keep = (data) => void (output += String(data));
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => resolve({ code: 1, output: error.message }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
