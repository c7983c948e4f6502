/** From a source, as a specification names it, to a data set. */
import type { DataSource } from "../spec/data.ts";
import type { Dataset, FirstImages, Inspection } from "./dataset.ts";
import { firstDigits, inspectDigits, openDigits } from "./digits/digits.ts";
import { firstOfIdx, inspectIdx, openIdxDataset } from "./idx-dataset.ts";
import { firstOfCsv, inspectCsv, openCsv } from "./csv/dataset.ts";
import { firstOfNpy, inspectNpy, openNpy } from "./numpy/dataset.ts";
import { firstOfNpz, inspectNpz, openNpz } from "./numpy/npz.ts";
import { firstPictures, inspectPictures, openPictures } from "./pictures/dataset.ts";

/**
 * Ready to be read. Holds the images in memory, but pictures in a file below the folder `cache`,
 * which is created when it is needed. Throws `data.*` with the file and what is wrong with it, and
 * `disk.full` or `file.unwritable` where the cache cannot be written.
 */
export async function openDataset(source: DataSource, cache: string): Promise<Dataset> {
  switch (source.kind) {
    case "digits":
      return openDigits(source);
    case "idx":
      return openIdxDataset(source.path);
    case "folder":
      return openPictures(source, cache);
    case "csv":
      return openCsv(source);
    case "npy":
      return openNpy(source.path);
    case "npz":
      return openNpz(source.path);
  }
}

/** Checks all that can be checked without holding the images in memory. Throws as `openDataset`. */
export async function inspectDataset(source: DataSource, cache: string): Promise<Inspection> {
  switch (source.kind) {
    case "digits":
      return inspectDigits(source);
    case "idx":
      return inspectIdx(source.path);
    case "folder":
      return inspectPictures(source, cache);
    case "csv":
      return inspectCsv(source);
    case "npy":
      return inspectNpy(source.path);
    case "npz":
      return inspectNpz(source.path);
  }
}

/** The first images, at most `count`, for a preview: the rest is neither read nor checked. Throws `data.*`. */
export async function firstImages(
  source: DataSource,
  cache: string,
  count: number,
): Promise<FirstImages> {
  switch (source.kind) {
    case "digits":
      return firstDigits(source, count);
    case "idx":
      return firstOfIdx(source.path, count);
    case "folder":
      return firstPictures(source, cache, count);
    case "csv":
      return firstOfCsv(source, count);
    case "npy":
      return firstOfNpy(source.path, count);
    case "npz":
      return firstOfNpz(source.path, count);
  }
}
