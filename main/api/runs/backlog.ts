/**
 * What a session reported and the disk has no room for: kept in order, nothing of it skipped, until
 * there is room. Whatever comes meanwhile waits behind it.
 */
import { Problem } from "../../spec/problem.ts";

export interface Backlog {
  /** Does `work` now or, where the disk is full or something waits already, later. */
  store(work: () => void): void;
  /** Does what waits. Throws `disk.full` when there is still no room; the rest then goes on waiting. */
  retry(): void;
  isEmpty(): boolean;
  /** Forgets what waits. */
  drop(): void;
}

/** `blocked` is called each time that there is no room, after the work was put aside. */
export function createBacklog(blocked: (problem: Problem) => void): Backlog {
  const waiting: (() => void)[] = [];
  return {
    store(work) {
      if (waiting.length > 0) {
        waiting.push(work);
        return;
      }
      try {
        work();
      } catch (thrown) {
        if (!(thrown instanceof Problem) || thrown.code !== "disk.full") throw thrown;
        waiting.push(work);
        blocked(thrown);
      }
    },
    retry() {
      while (waiting[0]) {
        waiting[0]();
        waiting.shift();
      }
    },
    isEmpty: () => waiting.length === 0,
    drop() {
      waiting.length = 0;
    },
  };
}
