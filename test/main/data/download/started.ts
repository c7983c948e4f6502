/** A download of one file from mirrors that a test plays, and their usual answers. */
import { join } from "node:path";
import type { DownloadFile } from "../../../../main/data/download/catalogue.ts";
import { downloadFile } from "../../../../main/data/download/download-file.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { body, imagesFile, type Answer, type Mirror } from "./mirror.ts";

interface Setting {
  folder?: string;
  file?: DownloadFile;
  signal?: AbortSignal;
  silence?: number;
}

export function start(mirrors: Mirror[], setting: Setting = {}) {
  const { folder = temporaryFolder(), file = imagesFile, silence = 5000 } = setting;
  const seen: [number, number | null][] = [];
  const options = {
    signal: setting.signal ?? new AbortController().signal,
    ...{ silence, firstWait: 1 },
    onBytes: (bytes: number, total: number | null) => {
      seen.push([bytes, total]);
      for (const mirror of mirrors) mirror.arrived = bytes;
    },
  };
  const urls = mirrors.map(({ url }) => url);
  const path = join(folder, file.name);
  return { folder, path, seen, done: downloadFile(file, urls, folder, options) };
}

export const half = Math.floor(body.length / 2);
export const status =
  (code: number): Answer =>
  (_, response) => {
    response.writeHead(code).end("no");
  };
