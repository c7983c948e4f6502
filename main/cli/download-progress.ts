/** How a download is getting on: a bar where someone looks, else a line every few seconds. */
import type { DownloadProgress } from "../contract/system.ts";
import { bytes as sizeText } from "./format.ts";
import type { Shell } from "./shell.ts";

export interface DownloadReporter {
  progress(progress: DownloadProgress): void;
  end(): void;
}

const quietMilliseconds = 5000;

const amountOf = ({ bytes, total }: DownloadProgress): string =>
  `${sizeText(bytes)} of ${sizeText(total)}`;

export async function createDownloadReporter(shell: Shell): Promise<DownloadReporter> {
  return shell.terminal ? barReporter(shell.terminal) : lineReporter(shell);
}

function lineReporter({ say, now }: Pick<Shell, "say" | "now">): DownloadReporter {
  let last = now();
  return {
    progress(progress) {
      if (now() - last < quietMilliseconds) return;
      last = now();
      say(`${progress.file}: ${amountOf(progress)}`);
    },
    end: () => undefined,
  };
}

async function barReporter(stream: NodeJS.WritableStream): Promise<DownloadReporter> {
  const { SingleBar } = (await import("cli-progress")).default;
  const bar = new SingleBar({
    stream,
    format: "{bar} {percentage}%  {amount}  {file}",
    barsize: 20,
    barCompleteChar: "━",
    barIncompleteChar: "─",
    fps: 8,
    clearOnComplete: true,
    hideCursor: true,
    // Ctrl-C is the command's to handle.
    gracefulExit: false,
  });
  let isShown = false;
  return {
    progress(progress) {
      const payload = { amount: amountOf(progress), file: progress.file };
      if (!isShown) bar.start(progress.total, 0, payload);
      isShown = true;
      bar.setTotal(progress.total);
      bar.update(progress.bytes, payload);
    },
    end() {
      if (isShown) bar.stop();
    },
  };
}
