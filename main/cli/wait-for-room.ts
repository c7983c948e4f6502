/**
 * A run that waits for room on the disk, where no page has a button «Continue»: it is tried again every
 * few seconds until there is room.
 */
import type { Client } from "../contract/client.ts";
import type { RunSummary } from "../contract/runs.ts";
import { reportOf } from "../spec/problem.ts";
import type { Reporter } from "./progress.ts";

/** Milliseconds between two tries. */
const interval = 5000;

export interface RoomWait {
  /** To be told of every change of the run. */
  changed(run: RunSummary): void;
  end: () => void;
}

export function waitForRoom(client: Client, reporter: Reporter, pause = interval): RoomWait {
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    clearInterval(timer);
    timer = undefined;
  };
  return {
    changed({ id, status, code }) {
      if (status !== "paused" || code !== "disk.full") {
        end();
        return;
      }
      if (timer) return;
      reporter.line(
        "The run waits for room on the disk and goes on by itself. Free some space, or press Ctrl-C to end it.",
      );
      timer = setInterval(() => {
        client.runs.continue({ id }).catch((thrown: unknown) => {
          const { code: why, message } = reportOf(thrown);
          if (why !== "disk.full" && why !== "run.state") reporter.line(message);
        });
      }, pause);
    },
    end,
  };
}
