/** Changes the discriminator updates a step (k) of a run, from the start of its next epoch on. */
import { updatesEvent, updatesWords, withUpdates } from "../../spec/course.ts";
import { parseSpecification } from "../../spec/specification.ts";
import { listCheckpoints } from "../../store/checkpoints.ts";
import { getRun, getSpecification, type RunRow } from "../../store/runs.ts";
import { nextEpochAfter, planOf } from "../../training/position.ts";
import type { ApiContext } from "../context.ts";
import { courseOf, requireDataOf } from "./begin.ts";
import { recordEvent } from "./record.ts";

/**
 * Of a run that has ended: from the first epoch that it will begin when it is resumed. Throws
 * `data.empty` for a k that an epoch has too few batches for, before anything is changed.
 */
export async function setUpdates(
  context: ApiContext,
  id: string,
  discriminatorSteps: number,
): Promise<RunRow> {
  const { home, live } = context;
  getRun(home, id);
  const specification = parseSpecification(getSpecification(home, id));
  const { split } = await requireDataOf(context, specification);
  const { count } = split.training;
  const course = courseOf(home, id);
  const step = listCheckpoints(home, id).at(-1)?.step ?? 0;
  const from = nextEpochAfter(planOf(specification, count, course), step);
  const change = { from, discriminatorSteps };
  // As if it had epochs without end: the last may be over before the change would be looked at.
  const endless = { ...specification, loop: { ...specification.loop, epochs: Infinity } };
  planOf(endless, count, { ...course, changes: withUpdates(course.changes ?? [], change) });

  const session = live.get(id);
  if (session) {
    const before = session.updatesChanges();
    session.send({ type: "updates", discriminatorSteps });
    const run = await session.until(() => session.updatesChanges() > before);
    if (session.updatesChanges() > before) return run;
  }
  recordEvent(context, id, updatesEvent, updatesWords(change), from);
  return getRun(home, id);
}
