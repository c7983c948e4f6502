/**
 * What a model format is to the rest of the program: it writes a model as files in memory, and it
 * loads such files again and computes with them, so that every export is checked before it counts.
 */
import type { HostTensors } from "../engine/tensors.ts";
import type { Specification } from "../spec/specification.ts";
import type { ExportModel, NetworkName } from "./model.ts";

export type FormatId = "tfjs" | "safetensors" | "onnx" | "keras" | "pytorch";

/** A file of an export, in memory. */
export interface ExportedFile {
  /** Relative, with slashes: «generator.onnx», «model.json». */
  path: string;
  content: Uint8Array<ArrayBuffer>;
}

export interface ExportOptions {
  /** Kernels as float16; biases and what normalises stay float32. */
  half: boolean;
  /** Order of axes and names of the weights. */
  layout: "pytorch" | "tensorflow";
  /** Examples in a batch, where the format fixes it; null for any number. */
  batch: number | null;
}

export const defaultOptions: ExportOptions = { half: false, layout: "pytorch", batch: null };

/** What a network is run on. */
export interface Inputs {
  /** Generator: noise [count, latent]. Discriminator: images [count, height, width, channels]. */
  values: Float32Array<ArrayBuffer>;
  count: number;
  /** [count]; only and always for a network that has labels. */
  labels?: Int32Array<ArrayBuffer>;
}

export interface ExportFormat {
  id: FormatId;
  /** For people: «TensorFlow.js». */
  title: string;
  /** What it is for and where it runs, in one sentence. */
  summary: string;
  /** A single file with that ending, or several that belong into a folder of their own. */
  form: { kind: "file"; extension: string } | { kind: "folder" };
  /** The options that change what is written; the others are ignored. */
  options: readonly (keyof ExportOptions)[];
  /** What `run` computes with, as the end of «checked by …». */
  checkedBy: string;
  /** Throws `export.unsupported`, naming the layer that the format cannot hold. */
  write: (model: ExportModel, options: ExportOptions) => Promise<ExportedFile[]>;
  /**
   * Loads written files and computes. Needs a loaded engine (`loadBackend`) where `checkedBy` says so.
   *
   * @returns [count, …output], images as height × width × channels whatever the format's own order is
   */
  run: (files: readonly ExportedFile[], inputs: Inputs) => Promise<Float32Array<ArrayBuffer>>;
}

/** A network that was read back from files of ours: what the engine needs to run it. */
export interface ReadModel {
  /** Without spectral normalisation, which is in the weights. */
  specification: Specification;
  player: NetworkName;
  /** By full name, «generator.0.kernel». */
  state: HostTensors;
  facts: Readonly<Record<string, string>>;
}
