/** Evaluations that are being computed at the moment: one a run, each of which can be called off. */
import { Problem } from "../../spec/problem.ts";

export interface Evaluations {
  /** Throws `run.state` while the same run is being evaluated. */
  run<Result>(id: string, work: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
  isRunning(id: string): boolean;
  /** Resolves when it has ended; false where there was none, or when it was done before. */
  cancel(id: string): Promise<boolean>;
  /** Calls all off, and does not wait. */
  cancelAll(): void;
}

export function createEvaluations(): Evaluations {
  const running = new Map<string, { controller: AbortController; isDone: Promise<boolean> }>();
  const abort = (controller: AbortController) => {
    controller.abort(
      new Problem(
        "evaluation.cancelled",
        "The evaluation was called off; checkpoints that were done by then are kept.",
      ),
    );
  };
  return {
    async run(id, work) {
      if (running.has(id)) {
        throw new Problem("run.state", `The run ${id} is being evaluated already; wait for it.`);
      }
      const controller = new AbortController();
      const working = work(controller.signal);
      const isDone = working.then(
        () => true,
        () => false,
      );
      running.set(id, { controller, isDone });
      try {
        return await working;
      } finally {
        running.delete(id);
      }
    },
    isRunning: (id) => running.has(id),
    async cancel(id) {
      const one = running.get(id);
      if (!one) return false;
      abort(one.controller);
      return !(await one.isDone);
    },
    cancelAll() {
      for (const { controller } of running.values()) abort(controller);
    },
  };
}
