/**
 * Which file of a ZIP archive is its data set, where it is one of IDX, .npz or CSV: by the names,
 * without unpacking anything. Pictures come before .npz and CSV, which beside pictures tell of them.
 */
import { Problem } from "../../spec/problem.ts";
import { labelsNameOf } from "../idx-folder.ts";
import { kindOfName } from "../pictures/list.ts";
import { isHidden, type ZipEntry } from "./directory.ts";

export interface ZippedData {
  kind: "idx" | "npz" | "csv";
  /** The images; of IDX, the labels after them where there are any. */
  entries: ZipEntry[];
}

const csvName = /\.csv(\.gz)?$/i;
const npzName = /\.npz$/i;
const npyName = /\.npy$/i;
/** «train-images-idx3-ubyte.gz», «images.idx3», «a.idx»; labels have another number. */
const idxName = /idx\d?([._-]ubyte)?(\.gz)?$/i;
const idxLabels = /idx1|labels/i;

const baseName = ({ name }: ZipEntry): string => name.slice(name.lastIndexOf("/") + 1);

/** The same file may lie there twice, as in some collections of MNIST: the first of each. */
function differentOf(entries: readonly ZipEntry[]): ZipEntry[] {
  const first = new Map<string, ZipEntry>();
  for (const entry of entries) {
    const content = `${entry.crc.toString()} ${entry.bytes.toString()}`;
    if (!first.has(content)) first.set(content, entry);
  }
  return [...first.values()];
}

/**
 * Null when the archive holds arrays itself (it is an .npz), pictures, or nothing that is known.
 * Throws `data.unknown` when there are several to choose from.
 */
export function dataFileOf(path: string, entries: readonly ZipEntry[]): ZippedData | null {
  const files = entries.filter((entry) => !isHidden(entry));
  const named = (pattern: RegExp) => files.filter((entry) => pattern.test(baseName(entry)));
  const idx = named(idxName);
  const images = idx.filter((entry) => !idxLabels.test(baseName(entry)));
  if (images.length > 0) {
    const chosen = theOne(path, images);
    const labels = labelsOf(chosen, idx);
    return { kind: "idx", entries: labels ? [chosen, labels] : [chosen] };
  }
  const isOther =
    named(npyName).length > 0 || files.some(({ name }) => kindOfName(name, "") === "picture");
  if (isOther) return null;
  const [npz, csv] = [named(npzName), named(csvName)];
  if (npz.length > 0) return { kind: "npz", entries: [theOne(path, npz)] };
  return csv.length > 0 ? { kind: "csv", entries: [theOne(path, csv)] } : null;
}

/** In the same folder, gzipped or not. */
function labelsOf(images: ZipEntry, idx: readonly ZipEntry[]): ZipEntry | undefined {
  const labels = labelsNameOf(baseName(images));
  const folder = images.name.slice(0, -baseName(images).length);
  const names = labels === null ? [] : [labels, `${labels}.gz`].map((name) => folder + name);
  return idx.find(({ name }) => names.includes(name));
}

/** Of a part for training and one for tests, that for training. */
function theOne(path: string, found: readonly ZipEntry[]): ZipEntry {
  const different = differentOf(found);
  const training = different.filter((entry) => /train/i.test(baseName(entry)));
  const [only, ...others] = training.length > 0 ? training : different;
  if (only !== undefined && others.length === 0) return only;
  const names = found.slice(0, 8).map(({ name }) => name);
  const more = found.length > 8 ? ` and ${found.length - 8} more` : "";
  throw new Problem(
    "data.unknown",
    `${path} holds several data sets: ${names.join(", ")}${more}. Unpack it and name the one to use.`,
  );
}
