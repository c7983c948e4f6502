/** From a source, as a specification or a person names it, to a data set. */
import { homedir } from "node:os";
import { resolve } from "node:path";
import { builtInDigits, type DataSource } from "../spec/data.ts";
import { Problem } from "../spec/problem.ts";
import type { Dataset, FirstImages, Inspection } from "./dataset.ts";
import { firstDigits, inspectDigits, openDigits } from "./digits/digits.ts";
import { checkIdx, firstOfIdx, inspectIdx, openIdxDataset } from "./idx-dataset.ts";

/** Holds the images in memory. Throws `data.*` with the file and what is wrong with it. */
export async function openDataset(source: DataSource): Promise<Dataset> {
  switch (source.kind) {
    case "digits":
      return openDigits(source);
    case "idx":
      return openIdxDataset(source.path);
  }
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

/** The first images, at most `count`, for a preview: the rest is neither read nor checked. Throws `data.*`. */
export async function firstImages(source: DataSource, count: number): Promise<FirstImages> {
  switch (source.kind) {
    case "digits":
      return firstDigits(source, count);
    case "idx":
      return firstOfIdx(source.path, count);
  }
}

/** A word that is not meant as a path: no separator, no dot. */
const bareWord = /^[^./\\~]*$/;

/**
 * `digits`, or a path to a file or folder, taken from `folder` when it is relative. Only headers are
 * read. Throws `data.unknown` for a word that names nothing, else `data.*`.
 */
export async function resolveSource(text: string, folder: string): Promise<DataSource> {
  const name = text.trim();
  if (name.toLowerCase() === "digits") return builtInDigits;
  if (name === "") throw unknown(text);
  const path = resolve(folder, text.replace(/^~(?=$|[\\/])/, homedir()));
  try {
    await checkIdx(path);
  } catch (thrown) {
    const isMissing = thrown instanceof Problem && thrown.code === "data.missing";
    throw isMissing && bareWord.test(name) ? unknown(name, path) : thrown;
  }
  return { kind: "idx", path };
}

const unknown = (name: string, path?: string): Problem =>
  new Problem(
    "data.unknown",
    `There is no data set «${name}»${path === undefined ? "" : `, and no file ${path} that can be read`}. ` +
      "Use «digits» for the built-in digits, or the path of an IDX file or of a folder that holds one.",
  );
