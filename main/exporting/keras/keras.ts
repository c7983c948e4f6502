/** Keras: one `.keras` file, with its layers, for Keras 3 on TensorFlow, JAX or PyTorch. */
import type { ExportFormat } from "../format.ts";
import { runKeras } from "./run.ts";
import { writeKeras } from "./write.ts";

export const keras: ExportFormat = {
  id: "keras",
  title: "Keras",
  summary: "One .keras file with layers and weights, for Keras 3 on TensorFlow, JAX or PyTorch.",
  form: { kind: "file", extension: ".keras" },
  options: [],
  checkedBy: "GAN Studio, which read the file back",
  write: writeKeras,
  run: runKeras,
};
