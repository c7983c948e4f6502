/** Which data set is meant by what was typed: the id of one that is there, or a path to add. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Client } from "../contract/client.ts";
import { builtInDigits, type DataSource } from "../spec/data.ts";
import { Problem } from "../spec/problem.ts";

export interface FoundData {
  source: DataSource;
  /** Images in it. */
  images: number;
}

/** Throws `data.unknown` when it is neither, and `data.*` when the path holds no images. */
export async function dataOf(client: Client, typed: string, folder: string): Promise<FoundData> {
  const { datasets } = await client.datasets.list({});
  const known = datasets.find(({ id }) => id === typed);
  if (known) return { source: known.source, images: known.length };
  if (typed === builtInDigits.kind) return dataOfSource(client, builtInDigits);
  const path = resolve(folder, typed);
  if (!existsSync(path)) {
    const names = datasets.map(({ id }) => id).join(", ");
    throw new Problem(
      "data.unknown",
      `There is no data set «${typed}», and no file or folder ${path}. Data sets that are there: ${names}.`,
    );
  }
  return added(client, path);
}

/** The data set of a specification. A path is added, for a run must find it again. */
export async function dataOfSource(client: Client, source: DataSource): Promise<FoundData> {
  return source.kind === "digits" ? { source, images: source.count } : added(client, source.path);
}

async function added(client: Client, path: string): Promise<FoundData> {
  const { source, length } = await client.datasets.add({ source: path });
  return { source, images: length };
}
