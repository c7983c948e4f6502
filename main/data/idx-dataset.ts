/**
 * Images and labels from IDX files as a data set: one file of images, or a folder that holds one,
 * with the labels that lie beside it under the same name («train-images…», «train-labels…»).
 */
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Problem } from "../spec/problem.ts";
import type { ImageShape } from "../spec/shape.ts";
import type { Dataset } from "./dataset.ts";
import { looksLikeIdx, readIdx } from "./idx.ts";

interface IdxFiles {
  images: string;
  labels: string | null;
}

/** Throws `data.missing`, `data.empty` or `data.format`, naming the file or folder. */
export async function findIdxFiles(path: string): Promise<IdxFiles> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new Problem("data.missing", `There is no file or folder ${path}.`, { cause });
  });
  if (!found.isDirectory()) return { images: path, labels: await labelsBeside(path) };
  const names = (await readdir(path)).filter((name) => !name.startsWith(".")).sort();
  const candidates = await idxImagesAmong(path, names);
  const images = candidates.find((name) => name.startsWith("train")) ?? candidates[0];
  if (images === undefined) throw emptyFolder(path, names);
  if (candidates.length > 1 && !candidates.every((name) => /^(train|t10k|test)/.test(name))) {
    throw new Problem(
      "data.unknown",
      `${path} holds several files of images: ${candidates.slice(0, 5).join(", ")}. Name the one to use.`,
    );
  }
  const file = join(path, images);
  return { images: file, labels: await labelsBeside(file) };
}

const pictures = /\.(png|jpe?g|webp|bmp|gif)$/i;

function emptyFolder(path: string, names: string[]): Problem {
  const hint = names.some((name) => pictures.test(name))
    ? "Picture files cannot be read yet; convert them to IDX."
    : "An IDX file, such as MNIST's train-images-idx3-ubyte.gz, is wanted.";
  return new Problem("data.empty", `${path} holds no IDX images. ${hint}`);
}

/** Files of a folder that may hold images: not those of labels, by name. */
async function idxImagesAmong(folder: string, names: string[]): Promise<string[]> {
  const wanted = names.filter((name) => /idx|ubyte/i.test(name) && !/labels|idx1/i.test(name));
  const looks = await Promise.all(wanted.map((name) => looksLikeIdx(join(folder, name))));
  return wanted.filter((_, index) => looks[index]);
}

async function labelsBeside(images: string): Promise<string | null> {
  const name = basename(images).replace("images", "labels").replace("idx3", "idx1");
  if (name === basename(images)) return null;
  const bare = name.replace(/\.gz$/, "");
  for (const candidate of [name, bare, `${bare}.gz`]) {
    const path = join(dirname(images), candidate);
    if ((await stat(path).catch(() => null))?.isFile()) return path;
  }
  return null;
}

function imageShapeOf(path: string, sizes: readonly number[]): ImageShape {
  const [, height, width, channels = 1] = sizes;
  const usable = height !== undefined && width !== undefined && (channels === 1 || channels === 3);
  if (usable && Math.max(height, width) <= 1024) return { height, width, channels };
  throw new Problem(
    "data.format",
    `${basename(path)} holds items of ${sizes.slice(1).join("×") || "one byte"}; images are height×width or height×width×3, up to 1024 pixels a side. (${path})`,
  );
}

interface IdxContents {
  files: IdxFiles;
  image: ImageShape;
  length: number;
  labels: Uint8Array | null;
}

/** Reads both files to their ends, the images piece by piece into `take`. */
async function readFiles(
  path: string,
  take?: (bytes: Uint8Array, at: number, sizes: readonly number[]) => void,
): Promise<IdxContents> {
  const files = await findIdxFiles(path);
  const { sizes } = await readIdx(files.images, (bytes, at, known) => {
    imageShapeOf(files.images, known);
    take?.(bytes, at, known);
  });
  const length = sizes[0] as number;
  const labels = files.labels === null ? null : await readLabels(files.labels, length);
  return { files, image: imageShapeOf(files.images, sizes), length, labels };
}

async function readLabels(path: string, length: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const { sizes } = await readIdx(path, (bytes) => pieces.push(bytes.slice()));
  if (sizes.length !== 1 || sizes[0] !== length) {
    throw new Problem(
      "data.format",
      `${basename(path)} holds ${sizes.join("×")} labels for ${length.toLocaleString("en")} images; one an image is wanted. (${path})`,
    );
  }
  return Buffer.concat(pieces);
}

const nameOf = (path: string): string => basename(path).replace(/\.gz$/, "");

const classesOf = (labels: Uint8Array | null): number =>
  labels ? labels.reduce((most, label) => Math.max(most, label), 0) + 1 : 0;

/** Holds all images in memory. Throws `data.*`. */
export async function openIdxDataset(path: string): Promise<Dataset> {
  const pieces: Uint8Array[] = [];
  const { files, image, length, labels } = await readFiles(path, (bytes) => {
    pieces.push(bytes.slice());
  });
  const bytes = Buffer.concat(pieces);
  const size = image.height * image.width * image.channels;
  return {
    ...{ name: nameOf(files.images), image, length, labels, classes: classesOf(labels) },
    read(indices) {
      const batch = new Uint8Array(indices.length * size);
      for (let i = 0; i < indices.length; i++) {
        const first = (indices[i] as number) * size;
        batch.set(bytes.subarray(first, first + size), i * size);
      }
      return Promise.resolve(batch);
    },
  };
}

/** Checks both files to their ends without holding the images. Throws `data.*`. */
export async function inspectIdx(path: string) {
  const { files, image, length, labels } = await readFiles(path);
  const classCounts = new Array<number>(classesOf(labels)).fill(0);
  for (const label of labels ?? []) classCounts[label] = (classCounts[label] ?? 0) + 1;
  return { name: nameOf(files.images), image, length, classCounts };
}
