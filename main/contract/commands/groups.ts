/** Commands about groups: one specification trained with several seeds. */
import * as v from "valibot";
import { answers } from "../command.ts";
import type { GroupDetail, GroupMeasurements, GroupSummary } from "../family.ts";
import { engine, id, name, ofRun, seed, whole } from "../values.ts";

export const groupCommands = {
  /**
   * Trains one specification with several seeds, one run after the other. Answers when the first has
   * started; the others start by themselves. `eager` as in «runs.start».
   */
  "groups.start": answers<GroupSummary>()(
    v.strictObject({
      specification: v.unknown(),
      seeds: v.pipe(v.array(seed), v.minLength(1), v.maxLength(100)),
      name: v.optional(name),
      engine,
      eager: v.optional(v.boolean()),
    }),
  ),
  "groups.list": answers<{ groups: GroupSummary[] }>()(v.strictObject({})),
  "groups.get": answers<GroupDetail>()(ofRun),
  /** Mean and standard deviation over the group's runs, at steps that more than one has measured. */
  "groups.measurements": answers<GroupMeasurements>()(
    v.strictObject({ id, points: v.optional(whole(2, 20_000)) }),
  ),
  /** Saves and stops the run that trains, and drops those that wait; what is done stays. */
  "groups.cancel": answers<GroupSummary>()(ofRun),
};
