/** ONNX: one file that most runtimes and languages read. */
import type { ExportFormat } from "../format.ts";
import { runOnnx } from "./run.ts";
import { writeOnnx } from "./write.ts";

export const onnx: ExportFormat = {
  id: "onnx",
  title: "ONNX",
  summary:
    "One file for onnxruntime in Python, C++, C#, Java and the browser, and for most other runtimes.",
  form: { kind: "file", extension: ".onnx" },
  options: ["half", "batch"],
  checkedBy: "onnxruntime",
  write: writeOnnx,
  run: runOnnx,
};
