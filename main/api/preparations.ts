/**
 * Data sets that are being made ready at the moment: pictures decoded, archives unpacked. Each tells
 * how far it is and can be called off; what was written by then goes.
 */
import type { PreparationProgress } from "../contract/events.ts";
import type { Preparation, Watch } from "../data/watch.ts";
import { Problem } from "../spec/problem.ts";

/** Milliseconds between two reports. */
const reportEvery = 100;
/** Before so long, nobody can say how long it will take. */
const enoughToJudge = 500;

export interface Preparations {
  /** Calls `work` with a watch, under the name that it can be called off by. */
  run<Result>(source: string, work: (watch: Watch) => Promise<Result>): Promise<Result>;
  /** Resolves when it has ended; false where there was none, or when it was done before. */
  cancel(source: string): Promise<boolean>;
  /** Calls all off, and does not wait. */
  cancelAll(): void;
}

interface Running {
  source: string;
  controller: AbortController;
  /** Whether it was done, and not called off. */
  isDone: Promise<boolean>;
}

export function createPreparations(
  announce: (progress: PreparationProgress) => void,
): Preparations {
  const running = new Set<Running>();
  return {
    async run(source, work) {
      const controller = new AbortController();
      const { signal } = controller;
      const working = work({ signal, onProgress: reporter(source, announce) });
      const isDone = working.then(
        () => true,
        () => false,
      );
      const one = { source, controller, isDone };
      running.add(one);
      try {
        return await working;
      } finally {
        running.delete(one);
      }
    },
    async cancel(source) {
      const meant = [...running].filter((one) => one.source === source);
      for (const one of meant) abort(one);
      const done = await Promise.all(meant.map(({ isDone }) => isDone));
      return done.includes(false);
    },
    cancelAll() {
      for (const one of running) abort(one);
    },
  };
}

function abort({ source, controller }: Running): void {
  controller.abort(
    new Problem("download.cancelled", `${source} was called off; nothing of it was kept.`),
  );
}

function reporter(
  source: string,
  announce: (progress: PreparationProgress) => void,
): (preparation: Preparation) => void {
  let [stage, began, reported]: [Preparation["stage"] | null, number, number] = [null, 0, 0];
  return (preparation) => {
    const now = performance.now();
    if (preparation.stage !== stage) [stage, began, reported] = [preparation.stage, now, -Infinity];
    const { done, total } = preparation;
    if (done < total && now - reported < reportEvery) return;
    reported = now;
    const seconds = (now - began) / 1000;
    const isJudged = now - began >= enoughToJudge && done > 0;
    const secondsLeft = isJudged ? (seconds / done) * (total - done) : null;
    announce({ source, ...preparation, secondsLeft });
  };
}
