/** Writing when the disk may be full: the session stands still with all its state until there is room. */
import { Problem, reportOf, type ProblemReport } from "../spec/problem.ts";
import type { Control } from "./control.ts";

/**
 * Writes, and on a full disk tells so, waits to be continued, and writes again, for as long as it
 * takes. Throws `disk.full` when it is asked to stop instead, and what else `write` throws.
 */
export async function untilWritten<Result>(
  write: () => Promise<Result>,
  control: Control,
  blocked: (problem: ProblemReport) => void,
): Promise<Result> {
  for (;;) {
    try {
      return await write();
    } catch (thrown) {
      const isFull = thrown instanceof Problem && thrown.code === "disk.full";
      if (!isFull || control.isStopping()) throw thrown;
      control.pause();
      blocked(reportOf(thrown));
      await control.untilContinued();
    }
  }
}
