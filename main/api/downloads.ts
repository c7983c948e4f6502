/** Commands that fetch public data sets into the data folder, each at most once at a time. */
import { join } from "node:path";
import type { Handlers } from "../contract/commands.ts";
import type { Downloaded } from "../contract/system.ts";
import type { DownloadFile } from "../data/download/catalogue.ts";
import { download, type DownloadProgress } from "../data/download/download.ts";
import { inspectDataset } from "../data/open.ts";
import { downloads, type DownloadId } from "../spec/downloads.ts";
import { Problem } from "../spec/problem.ts";
import { putDataset } from "../store/datasets.ts";
import { cacheFolder } from "../store/layout.ts";
import type { ApiContext, Downloading } from "./context.ts";

type Downloads = Pick<Handlers, "datasets.download" | "datasets.cancelDownload">;

/** Milliseconds between two reports: pieces arrive far more often than anyone can look. */
const reportEvery = 100;

export function downloadHandlers(context: ApiContext): Downloads {
  const { downloading } = context;
  return {
    "datasets.download"({ id }) {
      const running = downloading.get(id);
      if (running) return running.done;
      const controller = new AbortController();
      const done = fetchAndAdd(context, id, controller.signal).finally(() => {
        downloading.delete(id);
      });
      downloading.set(id, { controller, done });
      return done;
    },

    async "datasets.cancelDownload"({ id }) {
      const running = downloading.get(id);
      if (!running) return { cancelled: false };
      cancel(id, running);
      // It may have been finished in the meantime.
      const outcome = await running.done.then(
        () => "finished",
        () => "cancelled",
      );
      return { cancelled: outcome === "cancelled" };
    },
  };
}

export function cancelDownloads({ downloading }: ApiContext): void {
  for (const [id, running] of downloading) cancel(id, running);
}

function cancel(id: DownloadId, { controller }: Downloading): void {
  const { title } = downloads[id];
  controller.abort(
    new Problem(
      "download.cancelled",
      `The download of ${title} was called off. What has arrived is kept; download it again to go on.`,
    ),
  );
}

const nameOf = ({ name }: DownloadFile): string => name;

async function fetchAndAdd(
  { home, catalogue, announcer, now }: ApiContext,
  id: DownloadId,
  signal: AbortSignal,
): Promise<Downloaded> {
  const folder = join(home.folder, "datasets", id);
  let reported = -Infinity;
  const onProgress = (progress: DownloadProgress) => {
    const isWhole = progress.bytes === progress.total;
    if (!isWhole && performance.now() - reported < reportEvery) return;
    reported = performance.now();
    announcer.announce("dataset.progress", { id, ...progress });
  };
  await download(catalogue[id], folder, { signal, onProgress });
  const source = { kind: "idx", path: folder } as const;
  const inspected = await inspectDataset(source, cacheFolder(home.folder));
  const { title, classNames } = downloads[id];
  const info = { ...inspected, id, source, name: title, classNames: [...classNames] };
  // The home may have been closed while the files were looked through.
  signal.throwIfAborted();
  putDataset(home, { ...info, addedAt: now() });
  const unchecked = catalogue[id].files.filter(({ checksum }) => checksum === null);
  return unchecked.length === 0 ? info : { ...info, uncheckedFiles: unchecked.map(nameOf) };
}
