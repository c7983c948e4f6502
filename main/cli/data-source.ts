/** Which data set is meant by what was typed: the id of one that is there, or a path to add. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Client } from "../contract/client.ts";
import type { DatasetInfo } from "../contract/system.ts";
import { builtInDigits, type DataSource } from "../spec/data.ts";
import { downloadIds } from "../spec/downloads.ts";
import { Problem } from "../spec/problem.ts";
import { sameShape, shapeOfImage, type ImageShape } from "../spec/shape.ts";

export interface FoundData {
  source: DataSource;
  /** Images in it. */
  images: number;
}

/**
 * `image` is the size that a folder of pictures is used at. Throws `data.unknown` when it is neither, and
 * `data.*` when the path holds no images.
 */
export async function dataOf(
  client: Client,
  typed: string,
  folder: string,
  image: ImageShape,
): Promise<FoundData> {
  const { datasets } = await client.datasets.list({});
  const known = datasets.find(({ id }) => id === typed);
  if (known) return ofSize(client, known, image);
  if (typed === builtInDigits.kind) return dataOfSource(client, builtInDigits);
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
  return added(client, { source: path, image });
}

/** Pictures are used at the size that the networks are made for, whatever they were added at. */
async function ofSize(
  client: Client,
  { source, length, image }: DatasetInfo,
  wanted: ImageShape,
): Promise<FoundData> {
  const isRight = sameShape(shapeOfImage(image), shapeOfImage(wanted));
  if (source.kind !== "folder" || isRight) return { source, images: length };
  return added(client, { source: { ...source, ...wanted } });
}

/** The data set of a specification. A path is added, for a run must find it again. */
export async function dataOfSource(client: Client, source: DataSource): Promise<FoundData> {
  return source.kind === "digits" ? { source, images: source.count } : added(client, { source });
}

async function added(
  client: Client,
  wanted: { source: string | DataSource; image?: ImageShape },
): Promise<FoundData> {
  const { source, length } = await client.datasets.add(wanted);
  return { source, images: length };
}
