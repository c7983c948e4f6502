/** From a source, as a specification or a person names it, to a data set. */
import { homedir } from "node:os";
import { resolve } from "node:path";
import type { DataSource } from "../spec/data.ts";
import type { ImageShape } from "../spec/shape.ts";
import type { Dataset } from "./dataset.ts";
import { inspectDigits, openDigits } from "./digits/digits.ts";
import { findIdxFiles, inspectIdx, openIdxDataset } from "./idx-dataset.ts";

/** Throws `data.*` with the file and what is wrong with it. */
export async function openDataset(source: DataSource): Promise<Dataset> {
  switch (source.kind) {
    case "digits":
      return openDigits(source);
    case "idx":
      return openIdxDataset(source.path);
  }
}

export interface Inspection {
  name: string;
  image: ImageShape;
  length: number;
  /** Images of each class; empty without labels. */
  classCounts: number[];
}

/** Checks all that can be checked without holding the images in memory. Throws `data.*`. */
export async function inspectDataset(source: DataSource): Promise<Inspection> {
  switch (source.kind) {
    case "digits":
      return inspectDigits(source);
    case "idx":
      return inspectIdx(source.path);
  }
}

/** `digits`, or a path to a file or folder, taken from `folder` when it is relative. Throws `data.*`. */
export async function resolveSource(text: string, folder: string): Promise<DataSource> {
  if (text === "digits") return { kind: "digits", count: 20_000, seed: 1 };
  const path = resolve(folder, text.replace(/^~(?=$|[\\/])/, homedir()));
  await findIdxFiles(path);
  return { kind: "idx", path };
}
