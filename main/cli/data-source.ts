/** Which data set is meant by what was typed: the id of one that is there, or a path to add. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Payload } from "../contract/commands.ts";
import type { DatasetInfo } from "../contract/system.ts";
import { builtInDigits, digitsImage, isSameFolder, type DataSource } from "../spec/data.ts";
import { downloadIds } from "../spec/downloads.ts";
import { Problem } from "../spec/problem.ts";
import { formatShape, sameShape, shapeOfImage, type ImageShape } from "../spec/shape.ts";
import type { Specification } from "../spec/specification.ts";
import { needsData } from "./preset-list.ts";

export interface FoundData {
  source: DataSource;
  /** Images in it. */
  images: number;
  /** Names of its classes, as far as they are known. */
  classNames: readonly string[];
  /** Null for the built-in digits, which every preset can be trained on or says that it cannot. */
  image: ImageShape | null;
}

export const dataHelp =
  "a data set's id or name, «digits», or a path: an IDX, CSV or NumPy file, a folder of pictures, or a ZIP archive of any";

/** Makes files a data set, or finds the one that they are. */
export type AddData = (wanted: Omit<Payload<"datasets.add">, "name">) => Promise<DatasetInfo>;

/**
 * `image` is the size that a folder of pictures is used at. Throws `data.unknown` when it is neither, and
 * `data.*` when the path holds no images.
 */
export async function dataOf(
  datasets: readonly DatasetInfo[],
  add: AddData,
  typed: string,
  folder: string,
  image: ImageShape,
): Promise<FoundData> {
  const known = datasets.find(({ id }) => id === typed);
  if (known) return ofSize(known, add, image);
  if (typed === builtInDigits.kind) return dataOfSource(add, builtInDigits);
  const path = resolve(folder, typed);
  if (!existsSync(path)) {
    const named = datasets.filter(({ name }) => name === typed);
    const [first] = named;
    // The same pictures at several sizes are one answer: they are brought to the wanted one.
    const isOne = first && named.every(({ source }) => isSameFolder(source, first.source));
    const meant = isOne ? first : datasetNamed(datasets, typed);
    if (meant) return ofSize(meant, add, image);
    const names = datasets.map(({ id }) => id).join(", ");
    throw new Problem(
      "data.unknown",
      downloadIds.some((id) => id === typed)
        ? `The data set «${typed}» is not on this machine yet; fetch it with «data download ${typed}».`
        : `There is no data set «${typed}», and no file or folder ${path}. Data sets that are there: ${names}.`,
    );
  }
  return foundIn(await add({ source: path, image }));
}

/** The one that has this name. Throws `data.unknown`, with their ids, where several have. */
export function datasetNamed(
  datasets: readonly DatasetInfo[],
  typed: string,
): DatasetInfo | undefined {
  const [first, ...others] = datasets.filter(({ name }) => name === typed);
  if (others.length === 0) return first;
  const ids = [first, ...others].map((info) => info?.id ?? "").join(", ");
  throw new Problem(
    "data.unknown",
    `Several data sets are called «${typed}»; name one by its id: ${ids}.`,
  );
}

/** Throws `usage` where the built-in digits, which nobody chose, are of another size than the networks. */
export function requireOwnData(specification: Specification): void {
  if (!needsData(specification)) return;
  const [wanted, digits] = [specification.image, digitsImage].map((image) =>
    formatShape(shapeOfImage(image)),
  );
  throw new Problem(
    "usage",
    `The networks are made for images of ${wanted ?? ""}, and the built-in digits are ${digits ?? ""}. ` +
      "Name your own images with --data: a folder of pictures, which are brought to that size, or a file.",
  );
}

/** Pictures are used at the size that the networks are made for, whatever they were added at. */
async function ofSize(known: DatasetInfo, add: AddData, wanted: ImageShape): Promise<FoundData> {
  const { source, image } = known;
  const isRight = sameShape(shapeOfImage(image), shapeOfImage(wanted));
  if (source.kind !== "folder" || isRight) return foundIn(known);
  return foundIn(await add({ source: { ...source, ...wanted } }));
}

/** The data set of a specification. What is a file is added, for a run must find it again. */
export const dataOfSource = async (add: AddData, source: DataSource): Promise<FoundData> =>
  source.kind === "digits"
    ? { source, images: source.count, classNames: Array.from("0123456789"), image: null }
    : foundIn(await add({ source }));

const foundIn = ({ source, length, classNames = [], image }: DatasetInfo): FoundData => ({
  ...{ source, images: length, classNames, image },
});
