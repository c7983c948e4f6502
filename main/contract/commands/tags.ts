/** Commands about tags: words that people mark their runs with. */
import * as v from "valibot";
import { answers } from "../command.ts";
import type { TagChange, TagCount } from "../tags.ts";
import { id } from "../values.ts";

/** As they were typed; `parseTag` is their door. */
const tags = v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(100)));

export const tagCommands = {
  /**
   * Gives tags to runs and takes tags from them: of all these runs, or of none where one cannot have
   * them. Answers with the runs that are other than before, and how.
   */
  "runs.tag": answers<{ changes: TagChange[] }>()(
    v.strictObject({
      ids: v.pipe(v.array(id), v.minLength(1), v.maxLength(10_000)),
      add: tags,
      remove: tags,
    }),
  ),
  /** Every tag that a run of the history has, in the order of the alphabet. */
  "tags.list": answers<{ tags: TagCount[] }>()(v.strictObject({})),
};
