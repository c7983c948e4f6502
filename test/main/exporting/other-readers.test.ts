/**
 * Exports in the hands of their formats' own readers: onnx.checker and onnxruntime, Keras in its safe
 * mode, PyTorch with the exported source, and the safetensors library. Needs a Python that has them:
 * `python3 -m pip install numpy torch safetensors onnx onnxruntime keras tensorflow-cpu`.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadBackend } from "../../../main/engine/backend/backend.ts";
import { largestAllowed } from "../../../main/exporting/difference.ts";
import { exportModel } from "../../../main/exporting/model.ts";
import { engineOutput } from "../../../main/exporting/reference.ts";
import { exportCases } from "../../support/export-cases.ts";
import { missingModules, python } from "../../support/python.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { inputsFor, trainedLike } from "../../support/trained-like.ts";
import { examples, writeExports } from "../../support/written-exports.ts";

const needed = ["numpy", "torch", "safetensors", "onnx", "onnxruntime", "keras", "tensorflow"];
const missing = missingModules(needed);
const title =
  missing.length === 0
    ? "the formats' own readers"
    : `the formats' own readers (not run: ${python} lacks ${missing.join(", ")})`;

const program = fileURLToPath(new URL("../../fixtures/python/check-exports.py", import.meta.url));

/** Half precision rounds every weight to 11 bits. */
const halfAllowed = 0.02;

type Results = Record<string, Record<string, number | string>>;

describe.skipIf(missing.length > 0)(title, () => {
  it("read every network, and compute what the engine does", { timeout: 300_000 }, async () => {
    await loadBackend("auto");
    const folder = temporaryFolder();
    for (const { name, specification } of exportCases) {
      const state = trainedLike(specification);
      for (const player of ["generator", "discriminator"] as const) {
        const source = { specification, state, player, useAverage: true };
        const model = exportModel(source);
        const inputs = inputsFor(model, examples);
        const output = await engineOutput(source, inputs);
        const wanted = (kind: string) => kind !== "example" || name === "cdcgan";
        await writeExports(join(folder, `${name} ${player}`), model, inputs, output, wanted);
      }
    }
    const { stdout, stderr, status } = spawnSync(python, [program, folder], { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    const last = stdout.trim().split("\n").at(-1) ?? "";
    const { results } = JSON.parse(last) as { results: Results };
    const wrong = Object.entries(results).flatMap(([name, formats]) =>
      Object.entries(formats)
        .filter(([format, difference]) => {
          const allowed = format.endsWith("-half") ? halfAllowed : largestAllowed;
          return typeof difference === "string" || difference > allowed;
        })
        .map(([format, difference]) => `${name} as ${format}: ${difference.toString()}`),
    );
    expect(wrong).toEqual([]);
    expect(Object.keys(results)).toHaveLength(2 * exportCases.length);
  });
});
