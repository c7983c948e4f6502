/** How far a work has come that has an amount: a bar where someone looks, else a line every few seconds. */
import type { Options } from "cli-progress";
import type { Shell } from "./shell.ts";

export interface Amount {
  done: number;
  total: number;
  /** What is being worked on, and how far it is, in words. */
  what: string;
  amount: string;
}

export interface AmountReporter {
  progress(amount: Amount): void;
  end(): void;
}

const quietMilliseconds = 5000;

/** The look of every bar; Ctrl-C is for whoever draws it to handle. */
export const barLook: Options = {
  barsize: 20,
  barCompleteChar: "━",
  barIncompleteChar: "─",
  fps: 8,
  clearOnComplete: true,
  hideCursor: true,
  gracefulExit: false,
};

/** `format`: the bar's line, of {bar}, {percentage}, {what} and {amount}. */
export const createAmountReporter = async (
  shell: Shell,
  format: string,
): Promise<AmountReporter> =>
  shell.terminal ? barReporter(shell.terminal, format) : lineReporter(shell);

function lineReporter({ say, now }: Pick<Shell, "say" | "now">): AmountReporter {
  let last = now();
  return {
    progress({ what, amount }) {
      if (now() - last < quietMilliseconds) return;
      last = now();
      say(`${what}: ${amount}`);
    },
    end: () => undefined,
  };
}

async function barReporter(stream: NodeJS.WritableStream, format: string): Promise<AmountReporter> {
  const { SingleBar } = (await import("cli-progress")).default;
  const bar = new SingleBar({ ...barLook, stream, format });
  let isShown = false;
  return {
    progress({ done, total, ...words }) {
      if (!isShown) bar.start(total, 0, words);
      isShown = true;
      bar.setTotal(total);
      bar.update(done, words);
    },
    end() {
      if (isShown) bar.stop();
    },
  };
}
