/** From what a person names to a source: what a file or folder is, its content decides. */
import { open, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, resolve } from "node:path";
import { builtInDigits, type DataSource, type FolderSource } from "../spec/data.ts";
import { Problem } from "../spec/problem.ts";
import { formatShape, shapeOfImage, type ImageShape } from "../spec/shape.ts";
import { csvSource } from "./csv/layout.ts";
import { checkIdx } from "./idx-dataset.ts";
import { arraysIn } from "./numpy/archive.ts";
import { inspectNpy } from "./numpy/dataset.ts";
import { isNpy } from "./numpy/header.ts";
import { inspectNpz } from "./numpy/npz.ts";
import { listSource } from "./pictures/archive.ts";
import { folderSource, isFolderSize, usualSize } from "./pictures/usual-size.ts";
import type { Watch } from "./watch.ts";
import type { ZippedData } from "./zip/data-file.ts";
import { isZip } from "./zip/directory.ts";
import { unpackedFile, zippedData } from "./zip/unpack.ts";

/** Pictures of a folder that its usual size is judged by. */
const enoughToLookAt = 2000;

/** A word that is not meant as a path: no separator, no dot. */
const bareWord = /^[^./\\~]*$/;

const csvName = /\.csv(\.gz)?$/i;

/** Where to look, and how. */
export interface Surroundings {
  /** What a relative path is relative to. */
  folder: string;
  /** Where what must be unpacked from a ZIP archive goes. */
  cache: string;
  watch?: Watch;
}

/**
 * `digits`, or a path to a file or folder. Only headers are read, but the data file of a ZIP archive
 * is unpacked into the cache. Pictures of a folder or ZIP archive are used at the size `wanted`, when
 * none is wanted at 64×64 in RGB, or at 28×28 in grey when its pictures are so. Throws `data.unknown`
 * for a word that names nothing, else `data.*`, what writing to the cache throws, or the watch's
 * reason to end.
 */
export async function resolveSource(
  text: string,
  { folder, cache, watch }: Surroundings,
  wanted?: ImageShape,
): Promise<DataSource> {
  const name = text.trim();
  if (name.toLowerCase() === "digits") return builtInDigits;
  if (name === "") throw unknown(text);
  const path = resolve(folder, text.replace(/^~(?=$|[\\/])/, homedir()));
  const data = await zippedData(path);
  if (data) {
    return zippedSource(path, data.kind, await unpackedFile(path, cache, watch), wanted);
  }
  try {
    await checkIdx(path);
    return { kind: "idx", path };
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown;
    if (thrown.code === "data.missing" && bareWord.test(name)) throw unknown(name, path);
    return await otherSource(path, thrown, wanted);
  }
}

/** The source keeps the archive's name; what was unpacked can be unpacked again. */
async function zippedSource(
  path: string,
  kind: ZippedData["kind"],
  file: string,
  wanted: ImageShape | undefined,
): Promise<DataSource> {
  if (kind === "csv") return { ...(await csvSource(file, wanted)), path };
  if (kind === "idx") await checkIdx(file);
  else await inspectNpz(file);
  return { kind, path };
}

/** What is no IDX file may be something else; where it is not, `notIdx` says what is wrong. */
async function otherSource(
  path: string,
  notIdx: Problem,
  wanted: ImageShape | undefined,
): Promise<DataSource> {
  const found = await stat(path).catch(() => null);
  const mayBeOther = ["data.empty", "data.format"].includes(notIdx.code);
  if (!found || !mayBeOther) throw notIdx;
  if (found.isDirectory()) return picturesIn(path, notIdx, wanted);
  if (!found.isFile() || found.size === 0) throw notIdx;
  if (csvName.test(basename(path))) return csvSource(path, wanted);
  const start = await startOf(path);
  if (isZip(start) && (await arraysIn(path)).length > 0) {
    await inspectNpz(path);
    return { kind: "npz", path };
  }
  if (isZip(start)) return picturesIn(path, notPictures(path), wanted);
  if (!isNpy(start)) throw notIdx;
  await inspectNpy(path);
  return { kind: "npy", path };
}

async function startOf(path: string): Promise<Uint8Array> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function picturesIn(
  path: string,
  notIdx: Problem,
  wanted: ImageShape | undefined,
): Promise<FolderSource> {
  const { pictures } = await listSource(path, "", enoughToLookAt);
  if (pictures.length === 0) throw notIdx;
  if (wanted && !isFolderSize(wanted)) {
    throw new Problem(
      "data.mismatch",
      `${path} holds pictures, which can be used at 8×8 to 256×256 pixels, not at ${formatShape(shapeOfImage(wanted))}. Choose another preset.`,
    );
  }
  return folderSource(path, wanted ?? (await usualSize(pictures)));
}

const notPictures = (path: string): Problem =>
  new Problem(
    "data.empty",
    `${path} is a ZIP archive without anything that is known: PNG, JPEG, WebP or BMP pictures, IDX, NumPy or CSV files. Unpack it and name what it held.`,
  );

const unknown = (name: string, path?: string): Problem =>
  new Problem(
    "data.unknown",
    `There is no data set «${name}»${path === undefined ? "" : `, and no file ${path} that can be read`}. ` +
      "Use «digits» for the built-in digits, or the path of an IDX file or of a folder or ZIP archive of pictures.",
  );
