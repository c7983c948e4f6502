/**
 * The largest difference between what the engine computes and what every export of every preset, at
 * full size, computes in its own runtime. See README.md in this folder.
 *
 *   node test/bench/exports.ts [--presets a,b] [--python PATH]
 *
 * Ends with 1 when a difference is larger than an export may have.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { table } from "../../main/cli/table.ts";
import { loadBackend } from "../../main/engine/backend/backend.ts";
import { largestAllowed, largestDifference } from "../../main/exporting/difference.ts";
import { defaultOptions } from "../../main/exporting/format.ts";
import { formats } from "../../main/exporting/formats.ts";
import { htmlPage, networkOf } from "../../main/exporting/html/html.ts";
import { exportModel, type ExportSource } from "../../main/exporting/model.ts";
import { engineOutput } from "../../main/exporting/reference.ts";
import { presets } from "../../main/spec/presets.ts";
import { colour64, type ExportCase } from "../support/export-cases.ts";
import { missingModules } from "../support/python.ts";
import { inputsFor, trainedLike } from "../support/trained-like.ts";
import { examples, writeExports } from "../support/written-exports.ts";

const { values: given } = parseArgs({
  options: {
    presets: { type: "string" },
    python: { type: "string", default: process.env.GAN_STUDIO_PYTHON ?? "python3" },
  },
});

const chosen = given.presets?.split(",");
const cases: ExportCase[] = [
  ...presets.map(({ id, specification }) => ({ name: id, specification })),
  colour64,
].filter(({ name }) => chosen?.includes(name) ?? true);

/** What Python loads, by the folders of `writeExports`. */
const elsewhere = ["onnx", "keras", "pytorch", "safetensors"];
const hasPython =
  missingModules(["torch", "safetensors", "onnx", "onnxruntime", "keras"], given.python).length ===
  0;

/** The differences that are too large. */
const beyond = new Set<number>();
const written = (difference: number | string | undefined): string => {
  if (typeof difference !== "number") return difference?.split(":")[0] ?? "";
  if (!(difference <= largestAllowed)) beyond.add(difference);
  return difference === 0 ? "0" : difference.toExponential(1);
};

async function differencesOf(source: ExportSource, folder: string): Promise<string[]> {
  const model = exportModel(source);
  const inputs = inputsFor(model, examples);
  const own = await engineOutput(source, inputs);
  const cells: string[] = [];
  for (const format of formats) {
    const files = await format.write(model, defaultOptions);
    cells.push(written(largestDifference(own, await format.run(files, inputs))));
  }
  const { values, count, labels } = inputs;
  const page = { title: "", subtitle: "", facts: [], classNames: [], directions: [], seed: 0 };
  const network = networkOf(htmlPage(model, page, false));
  cells.push(written(largestDifference(own, network(values, count, labels ?? null))));
  if (!hasPython) return cells;
  await writeExports(join(folder, "export"), model, inputs, own, (name) =>
    elsewhere.includes(name),
  );
  const program = fileURLToPath(new URL("../fixtures/python/check-exports.py", import.meta.url));
  const { stdout } = spawnSync(given.python, [program, folder], { encoding: "utf8" });
  const { results } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}") as {
    results: Record<string, Record<string, number | string>>;
  };
  return [...cells, ...elsewhere.map((name) => written(results.export?.[name]))];
}

const backend = await loadBackend("auto");
const columns = [
  { title: "network" },
  { title: "" },
  ...formats.map(({ id }) => ({ title: id, numeric: true })),
  { title: "html", numeric: true },
  ...(hasPython ? elsewhere.map((name) => ({ title: `Python ${name}`, numeric: true })) : []),
];
const lines: string[][] = [];
for (const { name, specification } of cases) {
  const state = trainedLike(specification);
  for (const player of ["generator", "discriminator"] as const) {
    const folder = mkdtempSync(join(tmpdir(), "gan-studio-exports-"));
    try {
      const source = { specification, state, player, useAverage: true };
      lines.push([name, player, ...(await differencesOf(source, folder))]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}
process.stdout.write(
  `Largest differences from ${backend.version}, ${examples.toString()} examples:\n\n` +
    table(columns, lines) +
    (hasPython ? "" : `\n${given.python} lacks modules: nothing was loaded in Python.\n`),
);
process.exitCode = beyond.size > 0 ? 1 : 0;
