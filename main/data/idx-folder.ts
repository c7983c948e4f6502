/**
 * Which files of a folder are the images and which their labels: MNIST's names are known
 * («train-images-idx3-ubyte» with «train-labels-idx1-ubyte», also with prefixes and dots, as in
 * EMNIST's), but what a file is, its content decides. Pictures beside them are not looked at.
 */
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Problem } from "../spec/problem.ts";
import { unreadable, withContent } from "./content.ts";

export interface IdxFiles {
  images: string;
  labels: string | null;
}

/** Files of a folder that are looked into. */
const filesAtMost = 1000;

const pictures = /\.(png|jpe?g|webp|bmp|gif|tiff?|avif|heic)$/i;
/** Names that promise images: kept even when damaged, so that the reason is told. */
const promising = /images.*idx[34]/i;
const withoutGz = (name: string): string => name.replace(/\.gz$/i, "");

/**
 * The images, and the labels beside them, of a file or of the one data set in a folder. Throws
 * `data.missing`, `data.empty`, `data.format` (too many files) or `data.unknown` (several to choose from).
 */
export async function findIdxFiles(path: string): Promise<IdxFiles> {
  try {
    const isFolder = (await stat(path)).isDirectory();
    const images = isFolder ? join(path, await imagesIn(path)) : path;
    return { images, labels: await labelsBeside(images) };
  } catch (thrown) {
    throw unreadable(thrown, path);
  }
}

async function imagesIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  const others = names.filter((name) => !pictures.test(name) && !name.startsWith(".")).sort();
  if (others.length > filesAtMost) {
    throw new Problem(
      "data.format",
      `${folder} holds ${others.length.toLocaleString("en")} files, too many to look into; name the IDX file itself.`,
    );
  }
  const found: string[] = [];
  for (const name of others) if (await holdsImages(join(folder, name))) found.push(name);
  // The same file may lie there twice, gzipped and not; «x» is sorted before «x.gz».
  const different = found.filter(
    (name) => !found.includes(withoutGz(name)) || !/\.gz$/i.test(name),
  );
  const training = different.filter((name) => name.includes("train-images"));
  const candidates = training.length > 0 ? training : different;
  const [only] = candidates;
  if (only === undefined) throw withoutImages(folder);
  if (candidates.length > 1) throw ambiguous(folder, candidates);
  return only;
}

const withoutImages = (folder: string): Problem =>
  new Problem(
    "data.empty",
    `${folder} holds no IDX file of images; choose a folder with one (such as MNIST's train-images-idx3-ubyte.gz), a folder of pictures (PNG, JPEG, WebP, BMP), or a CSV, NumPy or ZIP file by its own name.`,
  );

function ambiguous(folder: string, candidates: readonly string[]): Problem {
  const more = candidates.length > 8 ? ` and ${candidates.length - 8} more` : "";
  return new Problem(
    "data.unknown",
    `${folder} holds several files of images: ${candidates.slice(0, 8).join(", ")}${more}. Name the one to use.`,
  );
}

/** Whether the first bytes, gunzipped where needed, are those of an IDX file of images. */
async function holdsImages(path: string): Promise<boolean> {
  if (promising.test(basename(path))) return true;
  try {
    return await withContent(path, async ({ pieces }) => {
      let start: Uint8Array = new Uint8Array(0);
      for await (const piece of pieces) {
        start = Buffer.concat([start, piece]);
        if (start.length >= 4) break;
      }
      const [zeroA, zeroB, type, rank] = start;
      return zeroA === 0 && zeroB === 0 && type === 8 && (rank === 3 || rank === 4);
    });
  } catch (thrown) {
    // A file that cannot be read or gunzipped is none of the images; the others still may be.
    if (thrown instanceof Problem) return false;
    throw thrown;
  }
}

/** What the labels of a file of images are called, without «.gz»; null when its name does not tell. */
export function labelsNameOf(images: string): string | null {
  const name = withoutGz(images);
  if (!/images/i.test(name)) return null;
  return name.replace(/images(?!.*images)/i, "labels").replace(/idx[34]/i, "idx1");
}

/** The file of labels by the name of the images' file, gzipped or not; null when there is none. */
async function labelsBeside(images: string): Promise<string | null> {
  const name = withoutGz(basename(images));
  const labels = labelsNameOf(name);
  if (labels === null) return null;
  const asImages = basename(images) === name ? [labels, `${labels}.gz`] : [`${labels}.gz`, labels];
  for (const candidate of asImages) {
    const path = join(dirname(images), candidate);
    if ((await stat(path).catch(() => null))?.isFile()) return path;
  }
  return null;
}
