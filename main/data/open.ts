/** From a source, as a specification names it, to a data set. */
import { basename, isAbsolute } from "node:path";
import type { DataSource } from "../spec/data.ts";
import { Problem } from "../spec/problem.ts";
import type { Dataset, FirstImages, Inspection } from "./dataset.ts";
import { firstDigits, inspectDigits, openDigits } from "./digits/digits.ts";
import { firstOfIdx, inspectIdx, openIdxDataset } from "./idx-dataset.ts";
import { firstOfCsv, inspectCsv, openCsv } from "./csv/dataset.ts";
import { firstOfNpy, inspectNpy, openNpy } from "./numpy/dataset.ts";
import { firstOfNpz, inspectNpz, openNpz } from "./numpy/npz.ts";
import { firstPictures, inspectPictures, openPictures } from "./pictures/dataset.ts";
import { firstStacked, inspectStacked, openStacked } from "./stacked.ts";
import type { Watch } from "./watch.ts";
import { unpackedFile } from "./zip/unpack.ts";

/**
 * Ready to be read. Holds IDX and .npz in memory; pictures and lines of pixels lie in a file below the
 * folder `cache`, which is created when it is needed, and so does what must be unpacked from a ZIP
 * archive. Throws `data.*` with the file and what is wrong with it, `disk.full` or `file.unwritable`
 * where the cache cannot be written, or the watch's reason to end.
 */
export async function openDataset(
  source: DataSource,
  cache: string,
  watch: Watch = {},
): Promise<Dataset> {
  if (source.kind === "digits") return openDigits(source);
  requirePlace(source);
  if (source.kind === "folder") return openPictures(source, cache, watch);
  const file = await unpackedFile(source.path, cache, watch);
  switch (source.kind) {
    case "idx":
      return named(source, file, await openIdxDataset(file));
    case "stacked":
      return openStacked(source, file);
    case "csv":
      return named(source, file, await openCsv(source, cache, file, watch));
    case "npy":
      return named(source, file, await openNpy(file));
    case "npz":
      return named(source, file, await openNpz(file));
  }
}

/**
 * A name without its folder is what exports keep of a path; whatever lies by that name in the folder
 * that the program happens to stand in is other data. Throws `data.missing`.
 */
function requirePlace({ path }: { path: string }): void {
  if (isAbsolute(path)) return;
  throw new Problem(
    "data.missing",
    `The data is told as «${path}» alone, without the folder that it lies in, so it cannot be found; choose a data set for it (on the command line with --data).`,
  );
}

/** What was unpacked is called as its archive is. */
const named = <Found extends { name: string }>(
  { path }: { path: string },
  file: string,
  found: Found,
): Found => (file === path ? found : { ...found, name: basename(path).replace(/\.zip$/i, "") });

/** Checks all that can be checked without holding the images in memory. Throws as `openDataset`. */
export async function inspectDataset(
  source: DataSource,
  cache: string,
  watch: Watch = {},
): Promise<Inspection> {
  if (source.kind === "digits") return inspectDigits(source);
  requirePlace(source);
  if (source.kind === "folder") return inspectPictures(source, cache, watch);
  const file = await unpackedFile(source.path, cache, watch);
  switch (source.kind) {
    case "idx":
      return named(source, file, await inspectIdx(file));
    case "stacked":
      return inspectStacked(source, file);
    case "csv":
      return named(source, file, await inspectCsv(source, cache, file, watch));
    case "npy":
      return named(source, file, await inspectNpy(file));
    case "npz":
      return named(source, file, await inspectNpz(file));
  }
}

/** The first images, at most `count`, for a preview: the rest is neither read nor checked. Throws `data.*`. */
export async function firstImages(
  source: DataSource,
  cache: string,
  count: number,
): Promise<FirstImages> {
  if (source.kind === "digits") return firstDigits(source, count);
  requirePlace(source);
  if (source.kind === "folder") return firstPictures(source, cache, count);
  const file = await unpackedFile(source.path, cache);
  switch (source.kind) {
    case "idx":
      return firstOfIdx(file, count);
    case "stacked":
      return firstStacked(source, count, file);
    case "csv":
      return firstOfCsv(source, count, file);
    case "npy":
      return firstOfNpy(file, count);
    case "npz":
      return firstOfNpz(file, count);
  }
}
