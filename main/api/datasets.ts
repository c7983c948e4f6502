/** Commands for data sets: the built-in digits and what the user has added. */
import { createHash } from "node:crypto";
import { homedir } from "node:os";
import type { Handlers } from "../contract/commands.ts";
import type { DatasetInfo } from "../contract/system.ts";
import { firstImages, inspectDataset } from "../data/open.ts";
import { resolveSource } from "../data/resolve.ts";
import { builtInDigits, type DataSource } from "../spec/data.ts";
import { Problem } from "../spec/problem.ts";
import { findDataset, listDatasets, putDataset } from "../store/datasets.ts";
import { cacheFolder } from "../store/layout.ts";
import type { ApiContext } from "./context.ts";

type Datasets = Pick<Handlers, "datasets.list" | "datasets.add" | "datasets.preview">;

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

export function datasetHandlers({ home, now }: ApiContext): Datasets {
  const cache = cacheFolder(home.folder);
  const digits = async (): Promise<DatasetInfo> => ({
    id: "digits",
    source: builtInDigits,
    ...(await inspectDataset(builtInDigits, cache)),
  });

  return {
    async "datasets.list"() {
      return { datasets: [await digits(), ...listDatasets(home)] };
    },

    async "datasets.add"({ source: given, name, image, filter }) {
      const found =
        typeof given === "string" ? await resolveSource(given, homedir(), image) : given;
      const source = filter === undefined ? found : filtered(found, filter);
      if (source.kind === "digits") return digits();
      const inspected = await inspectDataset(source, cache);
      const info = { id: idOf(source), source, ...inspected, name: name ?? inspected.name };
      putDataset(home, { ...info, addedAt: now() });
      return info;
    },

    async "datasets.preview"({ id, count }) {
      const source = id === "digits" ? builtInDigits : findDataset(home, id)?.source;
      if (!source) throw new Problem("data.unknown", `There is no data set «${id}».`);
      const first = await firstImages(source, cache, count);
      return { ...first.image, count: first.count, pixels: first.pixels };
    },
  };
}
