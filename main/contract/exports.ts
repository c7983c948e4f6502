/** Taking a trained network along: what can be asked for, what each format is for, what is answered. */
import * as v from "valibot";
import { id, name, path, seed, whole } from "./values.ts";

// prettier-ignore
export const exportFormatIds = [
  "html", "onnx", "tfjs", "keras", "pytorch", "safetensors", "png", "npy", "gif", "webp",
] as const;

export type ExportFormatId = (typeof exportFormatIds)[number];
type OptionName = "half" | "layout" | "batch" | "samples";

export interface ExportKind {
  title: string;
  /** What it is for and where it runs. */
  about: string;
  /** Ending of its file; null for what is a folder of several. */
  extension: string | null;
  /** Whether it holds a network, or images that one drew. */
  holds: "model" | "page" | "images";
  options: readonly OptionName[];
}

/** In the order in which they are offered. */
export const exportKinds: Readonly<Record<ExportFormatId, ExportKind>> = {
  html: {
    title: "Web page",
    about:
      "One page that generates in any browser, without a network: sliders, classes, save as PNG.",
    ...{ extension: ".html", holds: "page", options: ["half"] },
  },
  onnx: {
    title: "ONNX",
    about: "For ONNX Runtime: Python, C++, C#, Java, phones and browsers.",
    ...{ extension: ".onnx", holds: "model", options: ["half", "batch"] },
  },
  tfjs: {
    title: "TensorFlow.js",
    about: "A layers model for web pages and Node, by tf.loadLayersModel.",
    ...{ extension: null, holds: "model", options: ["half"] },
  },
  keras: {
    title: "Keras 3",
    about: "One file for Keras in Python, on TensorFlow, JAX or PyTorch.",
    ...{ extension: ".keras", holds: "model", options: [] },
  },
  pytorch: {
    title: "PyTorch",
    about: "Readable source of the network with its weights and an example, to train on or change.",
    ...{ extension: null, holds: "model", options: ["half"] },
  },
  safetensors: {
    title: "Safetensors",
    about: "The bare weights by name, for code of your own. Opens here again.",
    ...{ extension: ".safetensors", holds: "model", options: ["half", "layout"] },
  },
  png: {
    title: "Fixed noise (PNG)",
    about: "The run's own grid as one picture, drawn again from the checkpoint.",
    ...{ extension: ".png", holds: "images", options: [] },
  },
  npy: {
    title: "New samples (NumPy)",
    about: "Up to 4,096 new images, as bytes in one array.",
    ...{ extension: ".npy", holds: "images", options: ["samples"] },
  },
  gif: {
    title: "Time-lapse (GIF)",
    about: "How the fixed noise changed over the epochs, as a moving picture that plays anywhere.",
    ...{ extension: ".gif", holds: "images", options: [] },
  },
  webp: {
    title: "Time-lapse (WebP)",
    about: "The same without loss of colours, in a smaller file, for browsers.",
    ...{ extension: ".webp", holds: "images", options: [] },
  },
};

/** Which network of which checkpoint, in which formats. */
const wanted = {
  id,
  formats: v.pipe(v.array(v.picklist(exportFormatIds)), v.minLength(1), v.maxLength(16)),
  /** The checkpoint; the last one where both are left out. */
  step: v.optional(whole(0, Number.MAX_SAFE_INTEGER)),
  epoch: v.optional(whole(1, 1_000_000)),
  player: v.optional(v.picklist(["generator", "discriminator"])),
  /** The generator's moving average instead of its last weights; by default where the run keeps one. */
  average: v.optional(v.boolean()),
  /** Kernels as float16. */
  half: v.optional(v.boolean()),
  /** Names and order of axes of bare weights. */
  layout: v.optional(v.picklist(["pytorch", "tensorflow"])),
  /** Examples in a batch, where the format can fix it; left out for any number. */
  batch: v.optional(whole(1, 4096)),
  /** New samples. */
  count: v.optional(whole(1, 4096)),
  seed: v.optional(seed),
};

/**
 * `path` is absolute: a folder that is made, or, for one format that is one file and a path with its
 * ending, that file. What is there already is refused, or with `overwrite` replaced where it is a file or
 * an earlier export.
 */
export const exportPayload = v.strictObject({
  ...wanted,
  path,
  overwrite: v.optional(v.boolean()),
});
export const archivePayload = v.strictObject(wanted);
export const importModelPayload = v.strictObject({
  path,
  name: v.optional(name),
});
/** `path` as it was given. */
export const cancelImportPayload = v.strictObject({ path });

/** One format, as it was written. */
export interface ExportedFormat {
  format: ExportFormatId;
  /** Below the export's folder, with forward slashes. */
  files: string[];
  bytes: number;
  /** Largest absolute difference from the studio's own numbers; null for what is no network. */
  difference: number | null;
  /** What read it again: «onnxruntime». */
  checkedBy: string;
  /** How it is loaded, a few lines of code; empty for images. */
  loading: { language: string; code: string } | null;
}

export interface ExportResult {
  id: string;
  step: number;
  epoch: number;
  formats: ExportedFormat[];
  /** Of all networks in it; null where there are only images. */
  maxAbsDifference: number | null;
}

/** With the files' absolute paths, the card too. */
export type WrittenExport = ExportResult & { path: string; files: string[] };

/** As a ZIP archive for whoever saves files himself, and a name for it. */
export type ArchivedExport = ExportResult & { name: string; archive: Uint8Array };

/** How far an export is: the format under way, and how many are done. */
export interface ExportProgress {
  id: string;
  format: ExportFormatId;
  stage: "writing" | "checking";
  done: number;
  total: number;
}
