/** TensorFlow.js: model.json and weights, for web pages and Node. */
import type { ExportFormat } from "../format.ts";
import { runTfjs } from "./run.ts";
import { writeTfjs } from "./write.ts";

export const tfjs: ExportFormat = {
  id: "tfjs",
  title: "TensorFlow.js",
  summary: "A LayersModel for web pages and Node: model.json and its weights in files of 4 MB.",
  form: { kind: "folder" },
  options: ["half"],
  checkedBy: "TensorFlow.js",
  write: writeTfjs,
  run: runTfjs,
};
