/** Bundles that are being written or imported at the moment: each tells how far it is and can be called off. */
import type { BundleProgress } from "../../contract/bundles.ts";
import { Problem } from "../../spec/problem.ts";

/** Milliseconds between two reports. */
const reportEvery = 100;

export interface TransferWatch {
  /** Its reason is a `bundle.cancelled`. */
  signal: AbortSignal;
  onProgress: (stage: BundleProgress["stage"], done: number, total: number) => void;
}

export interface Transfers {
  /** Calls `work` with a watch. Throws `run.state` while another one works on the same path. */
  run<Result>(path: string, work: (watch: TransferWatch) => Promise<Result>): Promise<Result>;
  /** Resolves when it has ended; false where there was none, or when it was done before. */
  cancel(path: string): Promise<boolean>;
  /** Calls all off, and does not wait. */
  cancelAll(): void;
}

export function createTransfers(announce: (progress: BundleProgress) => void): Transfers {
  const running = new Map<string, { controller: AbortController; isDone: Promise<boolean> }>();
  const abort = (path: string, controller: AbortController) => {
    controller.abort(
      new Problem("bundle.cancelled", `${path} was called off; nothing of it was kept.`),
    );
  };
  return {
    async run(path, work) {
      if (running.has(path))
        throw new Problem("run.state", `${path} is being written or imported already.`);
      const controller = new AbortController();
      const { signal } = controller;
      const working = work({ signal, onProgress: reporter(path, announce) });
      const isDone = working.then(
        () => true,
        () => false,
      );
      running.set(path, { controller, isDone });
      try {
        return await working;
      } finally {
        running.delete(path);
      }
    },
    async cancel(path) {
      const one = running.get(path);
      if (!one) return false;
      abort(path, one.controller);
      return !(await one.isDone);
    },
    cancelAll() {
      for (const [path, { controller }] of running) abort(path, controller);
    },
  };
}

function reporter(
  path: string,
  announce: (progress: BundleProgress) => void,
): TransferWatch["onProgress"] {
  let shown: BundleProgress["stage"] | null = null;
  let reported = 0;
  return (stage, done, total) => {
    const now = performance.now();
    if (stage === shown && done < total && now - reported < reportEvery) return;
    [shown, reported] = [stage, now];
    announce({ path, stage, done, total });
  };
}
