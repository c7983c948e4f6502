/** Safetensors: the weights alone, in one file that holds no code. */
import type { ExportFormat } from "../format.ts";
import { runSafetensors } from "./read.ts";
import { writeSafetensors } from "./write.ts";

export const safetensors: ExportFormat = {
  id: "safetensors",
  title: "Safetensors",
  summary:
    "The weights alone, in PyTorch's or TensorFlow's layout, in a file that holds no code; opens again in GAN Studio.",
  form: { kind: "file", extension: ".safetensors" },
  options: ["half", "layout"],
  checkedBy: "GAN Studio, which read the file back",
  write: writeSafetensors,
  run: runSafetensors,
};
