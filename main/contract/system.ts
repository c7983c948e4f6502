/** What the page and the command line see of this machine, its data sets and its speed. */
import type { DataSource } from "../spec/data.ts";
import type { DownloadId } from "../spec/downloads.ts";
import type { ImageShape } from "../spec/shape.ts";
import type { GpuReport, TensorflowChoice } from "./gpu.ts";

export interface DatasetInfo {
  /** `digits`, or a short stable name made from what was added. */
  id: string;
  name: string;
  source: DataSource;
  image: ImageShape;
  length: number;
  /** Images of each class, in class order; empty without labels. */
  classCounts: number[];
  /** In class order; absent where classes have no names. */
  classNames?: string[];
  /** Files that could not be used, the first thousand, with the reasons; absent where there can be none. */
  unusable?: { file: string; reason: string }[];
  /** How many files could not be used in all. */
  unusableCount?: number;
}

/** A data set as it was downloaded. */
export interface Downloaded extends DatasetInfo {
  /**
   * Files whose number and size of images are right, but of which no checksum is published, so that
   * nobody can tell whether the content is; absent where all were held against theirs.
   */
  uncheckedFiles?: string[];
}

export interface DownloadProgress {
  id: DownloadId;
  /** The file that is coming. */
  file: string;
  /** Of all files of the data set. */
  bytes: number;
  total: number;
}

export interface SystemDescription {
  version: string;
  platform: string;
  node: string;
  cores: number;
  memoryBytes: number;
  home: string;
  /** The engine that training uses when none is named. */
  engine: "tensorflow" | "wasm";
  /** For example «TensorFlow 2.21.0», «WebAssembly, portable». */
  engineVersion: string;
  device: string;
  threads: number;
  /** What is missing for more speed and how to get it; empty when nothing is. */
  advice: string[];
  gpu: GpuReport;
  tensorflow: TensorflowChoice;
}

/** An image sheet or batch: bytes in image, row, column, channel order. */
export interface PixelBatch {
  count: number;
  height: number;
  width: number;
  channels: number;
  pixels: Uint8Array;
}

interface BenchMode {
  mode: "compiled" | "eager";
  /** Median milliseconds of a full step, and images a second that follow from it. */
  msPerStep: number;
  imagesPerSecond: number;
  /** Milliseconds to compile the step; of the compiled mode alone. */
  compileMs?: number;
}

export interface BenchResult {
  preset: string;
  engine: string;
  device: string;
  threads: number;
  modes: BenchMode[];
  /** Why there is no compiled mode, as a sentence; null where there is one. */
  note: string | null;
}
