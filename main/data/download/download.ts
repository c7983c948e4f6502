/** A public data set, whole: its files one after the other, and how far it is. */
import { createFolder } from "../../files/durable-folder.ts";
import type { Download } from "./catalogue.ts";
import { downloadFile, type DownloadOptions } from "./download-file.ts";

export interface DownloadProgress {
  /** The file that is coming. */
  file: string;
  /** Of all files together. `total` is what was published until the servers say otherwise. */
  bytes: number;
  total: number;
}

export interface DownloadWishes extends Omit<DownloadOptions, "onBytes"> {
  onProgress: (progress: DownloadProgress) => void;
}

/** Throws what `downloadFile` throws; whole files stay, and a second call goes on where it ended. */
export async function download(
  { mirrors, files }: Download,
  folder: string,
  { onProgress, ...options }: DownloadWishes,
): Promise<void> {
  createFolder(folder);
  const totals = files.map(({ bytes }) => bytes);
  let done = 0;
  for (const [index, file] of files.entries()) {
    const report = (bytes: number) => {
      const total = totals.reduce((sum, each) => sum + each, 0);
      onProgress({ file: file.name, bytes: done + bytes, total });
    };
    const onBytes = (bytes: number, total: number | null) => {
      totals[index] = Math.max(bytes, total ?? file.bytes);
      report(bytes);
    };
    await downloadFile(file, mirrors, folder, { ...options, onBytes });
    report(totals[index] as number);
    done += totals[index] as number;
  }
}
