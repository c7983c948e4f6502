/** How a long work is getting on: a bar where someone looks, else a line every few seconds. */
import type { MultiBar, SingleBar } from "cli-progress";
import type { Losses, Progress } from "../contract/runs.ts";
import { barLook } from "./amount-progress.ts";
import { count, duration, figure, harmless } from "./format.ts";
import type { Shell } from "./shell.ts";

/** A batch's losses, and at which step it was measured where that is known. */
export interface MeasuredLosses extends Losses {
  step?: number;
}

/** « at step 100», with the space before it, for what is shown at another `step`. */
export const measuredAt = ({ step: measured }: MeasuredLosses, step: number): string =>
  measured === undefined || measured === step ? "" : ` at step ${count(measured)}`;

export interface Reporter {
  /** The newest state; drawn or said when it is time. */
  progress(progress: Progress, losses: MeasuredLosses | null): void;
  /** A line that stays. */
  line(text: string): void;
  end(): void;
}

const quietMilliseconds = 10_000;

/** Empty before the first step: neither is known then. */
export const speedAndTime = ({ imagesPerSecond, secondsLeft }: Progress): string =>
  Number.isFinite(imagesPerSecond)
    ? `${count(Math.round(imagesPerSecond))} img/s  ${duration(secondsLeft)} left`
    : "";

const stepsOf = ({ step, totalSteps }: Progress): string =>
  `step ${count(step)} of ${count(totalSteps)}`;

const lossesOf = (losses: MeasuredLosses | null, step: number): string =>
  losses
    ? `  D ${figure(losses.discriminator)}  G ${figure(losses.generator)}${measuredAt(losses, step)}`
    : "";

export async function createReporter(shell: Shell): Promise<Reporter> {
  return shell.terminal ? barReporter(shell.terminal) : lineReporter(shell);
}

/** For files and pipes: no control characters, and not more than anyone would read. */
function lineReporter(shell: Pick<Shell, "say" | "now">): Reporter {
  let last = shell.now();
  return {
    progress(progress, losses) {
      if (shell.now() - last < quietMilliseconds) return;
      last = shell.now();
      const done = `${stepsOf(progress)}${lossesOf(losses, progress.step)}`;
      shell.say(`${done}  ${speedAndTime(progress)}`.trimEnd());
    },
    line(text) {
      last = shell.now();
      shell.say(text);
    },
    end: () => undefined,
  };
}

async function barReporter(stream: NodeJS.WritableStream): Promise<Reporter> {
  const { MultiBar } = (await import("cli-progress")).default;
  const bars: MultiBar = new MultiBar({
    // Ctrl-C saves first; the bar goes on until that is done.
    ...barLook,
    stream,
    format: "{bar} {percentage}%  {done}{losses}  {rest}",
  });
  let bar: SingleBar | null = null;
  return {
    progress(progress, losses) {
      const payload = {
        ...{ done: stepsOf(progress), rest: speedAndTime(progress) },
        losses: lossesOf(losses, progress.step),
      };
      bar ??= bars.create(progress.totalSteps, 0, payload);
      bar.setTotal(progress.totalSteps);
      bar.update(progress.step, payload);
    },
    line(text) {
      // Without a bar nothing would ever flush what is logged.
      if (bar) bars.log(`${harmless(text)}\n`);
      else stream.write(`${harmless(text)}\n`);
    },
    end() {
      if (!bar) return;
      // Flushes the lines that wait before the bar is wiped.
      bars.update();
      bars.stop();
      bar = null;
    },
  };
}
