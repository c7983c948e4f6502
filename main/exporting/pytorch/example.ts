/** A program of some ten lines that shows how the exported network is loaded and called. */
import { turned } from "../axes.ts";
import type { ExportModel } from "../model.ts";
import { classNameOf } from "./source.ts";

export function exampleOf(model: ExportModel): string {
  const { player, input, labels, output } = model;
  const count = labels ? Math.min(16, labels.classes) : 16;
  const sizes = `${count.toString()}, ${turned(input.shape).join(", ")}`;
  // Noise between −1 and 1 where it was so in training; stand-ins for a discriminator's images.
  const values = input.range === null ? `torch.randn(${sizes})` : `2 * torch.rand(${sizes}) - 1`;
  const given = labels ? `${input.name}, torch.arange(${count.toString()})` : input.name;
  const result = output.name === "image" ? "images" : "scores";
  return [
    "from pathlib import Path",
    "",
    "import torch",
    "from safetensors.torch import load_file",
    "",
    `from ${player} import ${classNameOf(model)}`,
    "",
    `${player} = ${classNameOf(model)}()`,
    `weights = Path(__file__).with_name("${player}.safetensors")`,
    `${player}.load_state_dict(load_file(weights))`,
    `${player}.eval()`,
    `${input.name} = ${values}`,
    "with torch.no_grad():",
    `    ${result} = ${player}(${given})`,
    `print(${result}.shape, ${result}.min().item(), ${result}.max().item())`,
    "",
  ].join("\n");
}
