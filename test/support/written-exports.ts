/** Writes exports of a network into a folder, as test/fixtures/python/check-exports.py reads them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { encodeSafetensors, type StoredTensor } from "../../main/files/safetensors.ts";
import {
  defaultOptions,
  type ExportFormat,
  type ExportOptions,
  type Inputs,
} from "../../main/exporting/format.ts";
import { formats } from "../../main/exporting/formats.ts";
import type { ExportModel } from "../../main/exporting/model.ts";
import { Problem } from "../../main/spec/problem.ts";

/** What other frameworks are to load, by the name of its folder. */
const exportsToCheck: {
  folder: string;
  format: ExportFormat["id"];
  options?: Partial<ExportOptions>;
}[] = [
  { folder: "onnx", format: "onnx" },
  { folder: "onnx-half", format: "onnx", options: { half: true } },
  { folder: "onnx-static", format: "onnx", options: { batch: 8 } },
  { folder: "keras", format: "keras" },
  { folder: "pytorch", format: "pytorch" },
  { folder: "pytorch-half", format: "pytorch", options: { half: true } },
  // Its own folder says that the example is to be run, which takes seconds.
  { folder: "example", format: "pytorch" },
  { folder: "safetensors", format: "safetensors" },
  {
    folder: "safetensors-tensorflow",
    format: "safetensors",
    options: { layout: "tensorflow" },
  },
];

/** Examples that are compared; the static export's batch. */
export const examples = 8;

/** `output` is the engine's own, for `inputs`; of the folders, only those that `wanted` accepts. */
export async function writeExports(
  folder: string,
  model: ExportModel,
  inputs: Inputs,
  output: Float32Array<ArrayBuffer>,
  wanted: (folder: string) => boolean = () => true,
): Promise<void> {
  const { count } = inputs;
  const tensors: Record<string, StoredTensor> = {
    input: { shape: [count, ...model.input.shape], values: inputs.values },
    output: { shape: [count, ...model.output.shape], values: output },
    ...(inputs.labels ? { label: { shape: [count], values: inputs.labels } } : {}),
  };
  write(join(folder, "expected.safetensors"), Buffer.concat(encodeSafetensors(tensors, {})));
  for (const { folder: name, format: id, options } of exportsToCheck) {
    if (!wanted(name)) continue;
    const format = formats.find((candidate) => candidate.id === id);
    if (!format) throw new Problem("internal", `there is no format ${id}`);
    for (const { path, content } of await format.write(model, { ...defaultOptions, ...options })) {
      write(join(folder, name, path), content);
    }
  }
}

function write(path: string, content: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
