/** PyTorch: readable source, its weights, and an example. */
import { encodeText } from "../bytes.ts";
import type { ExportedFile, ExportFormat, ExportOptions } from "../format.ts";
import type { ExportModel } from "../model.ts";
import { runSafetensors } from "../safetensors/read.ts";
import { weightsFile } from "../safetensors/write.ts";
import { exampleOf } from "./example.ts";
import { sourceOf } from "./source.ts";

/** Names of their own for each network, so that both fit into one folder. */
function writePytorch(model: ExportModel, { half }: ExportOptions): Promise<ExportedFile[]> {
  const { player } = model;
  const example = player === "generator" ? "example.py" : "example_discriminator.py";
  return Promise.resolve([
    { path: `${player}.py`, content: encodeText(sourceOf(model)) },
    weightsFile(model, { half, layout: "pytorch", batch: null }),
    { path: example, content: encodeText(exampleOf(model)) },
  ]);
}

export const pytorch: ExportFormat = {
  id: "pytorch",
  title: "PyTorch",
  summary:
    "Readable source of the network as an nn.Module, its weights as safetensors, and an example.",
  form: { kind: "folder" },
  options: ["half"],
  checkedBy: "GAN Studio, which read the weights back",
  write: writePytorch,
  run: runSafetensors,
};
