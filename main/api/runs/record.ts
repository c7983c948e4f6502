/** Stores what happened to a run by itself, and announces it. */
import { commitEvent } from "../../store/commit.ts";
import { getRun } from "../../store/runs.ts";
import type { ApiContext } from "../context.ts";

/** `step`: where the run stood; by default where it is stored to stand. */
export function recordEvent(
  { home, announcer, now }: ApiContext,
  id: string,
  kind: string,
  detail: string,
  step = getRun(home, id).step,
): void {
  const event = { at: now(), step, kind, detail };
  commitEvent(home, id, event);
  announcer.announce("run.event", { id, event });
}
