/** What an exporting session is asked and answers. */
import type { EngineChoice } from "../engine/backend/backend.ts";
import type { CardFormat } from "../exporting/card.ts";
import type { ExportedFile, ExportOptions, FormatId } from "../exporting/format.ts";
import type { Specification } from "../spec/specification.ts";

export type ImageFormatId = "png" | "npy" | "gif" | "webp";
/** The model formats, the page that generates, and images. */
export type WantedFormat = FormatId | "html" | ImageFormatId;

/** What the files tell of the run, beyond its specification. */
export interface RunFacts {
  id: string;
  name: string;
  /** The data set's name, and which public one it is, «digits», or null for the user's own. */
  dataset: string;
  publicData: string | null;
  classNames: readonly string[];
  step: number;
  epoch: number;
  losses: { generator: number; discriminator: number } | null;
  /** Further figures of this checkpoint, as they are shown. */
  metrics: readonly (readonly [name: string, value: string])[];
  /** Of the program. */
  version: string;
}

/** Write a checkpoint's network in these formats, check each, and hand the files over. */
export interface ExportJob {
  kind: "export";
  specification: Specification;
  engine: EngineChoice;
  from: { path: string; sha256: string };
  run: RunFacts;
  player: "generator" | "discriminator";
  /** The generator's moving average; only where the run keeps one. */
  average: boolean;
  formats: readonly WantedFormat[];
  options: ExportOptions;
  /** New samples. */
  samples: { count: number; seed: number };
  /** The run's stored sheets, oldest first. */
  sheets: readonly { path: string; sha256: string }[];
  /** One ZIP archive instead of single files. */
  archive: boolean;
}

export type WrittenFormat = CardFormat & { format: WantedFormat; bytes: number };

export interface Exported {
  formats: WrittenFormat[];
  /** Below the export's folder, the card too; of an archive that alone. */
  files: ExportedFile[];
}

export interface ExportStage {
  format: WantedFormat;
  stage: "writing" | "checking";
  /** Formats that are done, and all of them. */
  done: number;
  total: number;
}

/** Take in a generator from files of ours: a checkpoint and a sheet below `folder`. */
export interface AdoptJob {
  kind: "adopt";
  /** A .safetensors file, a model.json, or a folder that holds one of them. */
  path: string;
  engine: EngineChoice;
  folder: string;
}

export interface Adopted {
  /** As the files say; its data set may not be here. */
  specification: Specification;
  /** As it was called where it was trained; null where the files do not tell. */
  name: string | null;
  /** What it was trained on, in the files' own words. */
  dataset: string;
  checkpoint: AdoptedFile & { step: number; epoch: number };
  sheet: AdoptedFile & { count: number; columns: number };
}

interface AdoptedFile {
  file: string;
  bytes: number;
  sha256: string;
}
