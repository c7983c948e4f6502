/** How the preparation of a data set is getting on: a bar where someone looks, else a line every few seconds. */
import type { PreparationProgress } from "../contract/events.ts";
import { bytes, count, duration } from "./format.ts";
import type { Shell } from "./shell.ts";

export interface PreparationReporter {
  progress(progress: PreparationProgress): void;
  end(): void;
}

const quietMilliseconds = 5000;

const stages: Record<PreparationProgress["stage"], string> = {
  unpacking: "Unpacking",
  pictures: "Preparing pictures",
  lines: "Reading lines",
};

function amountOf({ stage, done, total, secondsLeft }: PreparationProgress): string {
  const figures = stage === "pictures" ? count : bytes;
  const left = secondsLeft === null ? "" : `  ${duration(secondsLeft)} left`;
  return `${figures(done)} of ${figures(total)}${left}`;
}

export const createPreparationReporter = async (shell: Shell): Promise<PreparationReporter> =>
  shell.terminal ? barReporter(shell.terminal) : lineReporter(shell);

function lineReporter({ say, now }: Pick<Shell, "say" | "now">): PreparationReporter {
  let last = now();
  return {
    progress(progress) {
      if (now() - last < quietMilliseconds) return;
      last = now();
      say(`${stages[progress.stage]}: ${amountOf(progress)}`);
    },
    end: () => undefined,
  };
}

async function barReporter(stream: NodeJS.WritableStream): Promise<PreparationReporter> {
  const { SingleBar } = (await import("cli-progress")).default;
  const bar = new SingleBar({
    stream,
    format: "{stage}  {bar} {percentage}%  {amount}",
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
      const payload = { stage: stages[progress.stage], amount: amountOf(progress) };
      if (!isShown) bar.start(progress.total, 0, payload);
      isShown = true;
      bar.setTotal(progress.total);
      bar.update(progress.done, payload);
    },
    end() {
      if (isShown) bar.stop();
    },
  };
}
