/** Which data set is meant by what was typed: the id of one that is there, or a path to add. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Payload } from "../contract/commands.ts";
import type { DatasetInfo } from "../contract/system.ts";
import { builtInDigits, type DataSource } from "../spec/data.ts";
import { downloadIds } from "../spec/downloads.ts";
import { Problem } from "../spec/problem.ts";
import { sameShape, shapeOfImage, type ImageShape } from "../spec/shape.ts";

export interface FoundData {
  source: DataSource;
  /** Images in it. */
  images: number;
  /** Names of its classes, as far as they are known. */
  classNames: readonly string[];
}

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
    ? { source, images: source.count, classNames: Array.from("0123456789") }
    : foundIn(await add({ source }));

const foundIn = ({ source, length, classNames = [] }: DatasetInfo): FoundData => ({
  ...{ source, images: length, classNames },
});
