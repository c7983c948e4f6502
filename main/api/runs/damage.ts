/** A checkpoint that is no longer what was written, told to whoever looks at the run. */
import type { CheckpointRow } from "../../store/checkpoints.ts";
import { listEvents } from "../../store/events.ts";
import type { ApiContext } from "../context.ts";
import { recordEvent } from "./record.ts";

/** The kind of the event. */
export const damagedEvent = "checkpoint damaged";

/** One sentence: which are damaged, and which is used instead; `use` says for what. */
export const damageNotice = (
  damaged: readonly Pick<CheckpointRow, "step">[],
  used: number,
  use: string,
): string => {
  const steps = damaged.map(({ step }) => step.toLocaleString("en"));
  const which =
    steps.length === 1
      ? `The checkpoint of step ${steps[0] ?? ""} is`
      : `The checkpoints of steps ${steps.join(", ")} are`;
  return `${which} damaged; ${use} step ${used.toLocaleString("en")}.`;
};

/** Records that these were passed over, once for each state of things, and announces it each time. */
export function tellDamage(
  context: ApiContext,
  id: string,
  damaged: readonly Pick<CheckpointRow, "step">[],
  used: number,
): void {
  if (damaged.length === 0) return;
  const detail = damageNotice(damaged, used, "what is shown is of");
  const known = listEvents(context.home, id).findLast(({ kind }) => kind === damagedEvent);
  if (known?.detail === detail) context.announcer.announce("run.event", { id, event: known });
  else recordEvent(context, id, damagedEvent, detail, used);
}
