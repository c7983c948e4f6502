/** Commands for data sets: the built-in digits and what the user has added. */
import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Handlers } from "../contract/commands.ts";
import type { DatasetInfo } from "../contract/system.ts";
import { augmentedImages } from "../data/augment/preview.ts";
import { removeCached } from "../data/cache.ts";
import { firstImages, inspectDataset } from "../data/open.ts";
import { resolveSource } from "../data/resolve.ts";
import { builtInDigits, isSameFolder, type DataSource } from "../spec/data.ts";
import { downloadIds } from "../spec/downloads.ts";
import { Problem } from "../spec/problem.ts";
import { parseSpecification } from "../spec/specification.ts";
import {
  findDataset,
  listDatasets,
  putDataset,
  removeDataset,
  type DatasetRow,
} from "../store/datasets.ts";
import { cacheFolder } from "../store/layout.ts";
import { getSpecification } from "../store/runs.ts";
import type { ApiContext } from "./context.ts";
import { typedPath } from "./typed-path.ts";

type Datasets = Pick<
  Handlers,
  | "datasets.list"
  | "datasets.get"
  | "datasets.add"
  | "datasets.cancelAdd"
  | "datasets.remove"
  | "datasets.preview"
>;

/** A short stable name: the same source added twice is one data set. */
const idOf = (source: DataSource): string =>
  source.kind === "digits"
    ? "digits"
    : `${source.kind}-${createHash("sha256").update(JSON.stringify(source)).digest("hex").slice(0, 8)}`;

function filtered(source: DataSource, filter: string): DataSource {
  if (source.kind === "folder") return { ...source, filter };
  throw new Problem(
    "usage",
    "Files can be chosen by name in folders of pictures only; leave the filter out.",
  );
}

/** Throws `run.state` while a session reads what would go, or while it is being downloaded. */
function requireUnused(
  { home, live, starting, downloading }: ApiContext,
  id: string,
  source: DataSource,
) {
  if ([...downloading.keys()].some((known) => known === id)) {
    throw new Problem("run.state", `${id} is being downloaded; call that off first.`);
  }
  const path = source.kind === "digits" ? null : source.path;
  for (const run of new Set([...live.keys(), ...starting])) {
    const { data } = parseSpecification(getSpecification(home, run));
    const used = data.source.kind === "digits" ? null : data.source.path;
    if (used !== path) continue;
    throw new Problem("run.state", `The run ${run} trains on ${id}; stop it first.`);
  }
}

/** What a preparation is called off by: the words that asked for it. */
const nameOf = (given: string | DataSource): string =>
  typeof given === "string" ? given : given.kind === "digits" ? "digits" : given.path;

export function datasetHandlers(context: ApiContext): Datasets {
  const { home, preparations, now } = context;
  const cache = cacheFolder(home.folder);
  const digits = async (): Promise<DatasetInfo> => ({
    id: "digits",
    source: builtInDigits,
    ...(await inspectDataset(builtInDigits, cache)),
  });

  const found = (id: string): DatasetRow => {
    const row = findDataset(home, id);
    if (row) return row;
    throw new Problem("data.unknown", `There is no data set «${id}».`);
  };

  const sameSource = (source: DataSource): DatasetRow | undefined => {
    const text = JSON.stringify(source);
    return listDatasets(home).find((row) => JSON.stringify(row.source) === text);
  };

  /** The same pictures at another size. */
  const sameFolder = (source: DataSource): DatasetRow | undefined =>
    listDatasets(home).find((row) => isSameFolder(row.source, source));

  return {
    async "datasets.list"() {
      return { datasets: [await digits(), ...listDatasets(home)] };
    },

    "datasets.get": ({ id }) => (id === "digits" ? digits() : found(id)),

    "datasets.add"({ source: given, name, image, filter }) {
      return preparations.run(nameOf(given), async (watch) => {
        const resolved =
          typeof given === "string"
            ? await resolveSource(given, { folder: homedir(), cache, watch }, image)
            : given.kind === "stacked"
              ? { ...given, path: typedPath(given.path) }
              : given;
        const source = filter === undefined ? resolved : filtered(resolved, filter);
        if (source.kind === "digits") return digits();
        const inspected = await inspectDataset(source, cache, watch);
        // It may have been called off at the very end, or the home closed.
        watch.signal?.throwIfAborted();
        const known = sameSource(source);
        // Whoever trains on what is there already has it looked at again, not renamed or moved in the list.
        const likeIt = known ?? sameFolder(source);
        const classNames = inspected.classNames ?? known?.classNames;
        const info = {
          ...{ id: known?.id ?? idOf(source), source, ...inspected },
          ...(classNames && { classNames }),
          name: name ?? likeIt?.name ?? inspected.name,
        };
        putDataset(home, { ...info, addedAt: known?.addedAt ?? now() });
        return info;
      });
    },

    async "datasets.cancelAdd"({ source }) {
      return { cancelled: await preparations.cancel(source) };
    },

    async "datasets.remove"({ id }) {
      const { source } = found(id);
      requireUnused(context, id, source);
      removeDataset(home, id);
      const others = listDatasets(home).map((row) => row.source);
      removeCached(cache, source, others);
      const isDownloaded = downloadIds.some((known) => known === id);
      // The folder is this product's own; the id is one of a few words.
      if (isDownloaded)
        await rm(join(home.folder, "datasets", id), { recursive: true, force: true });
      return { id };
    },

    async "datasets.preview"({ id, count, augmentation = { kind: "none" }, seed = 0 }) {
      const source = id === "digits" ? builtInDigits : found(id).source;
      const whole = await firstImages(source, cache, count);
      const first = augmentedImages(whole, augmentation, seed);
      return { ...first.image, count: first.count, pixels: first.pixels };
    },
  };
}
