/** Gives tags to runs and takes them: all that is asked for, or nothing. */
import { changedTags, tagKey, type TagWish } from "../spec/tags.ts";
import { storing, type Home } from "./connection.ts";
import { describeRow, getRun } from "./runs.ts";
import type { RunRow } from "./run-row.ts";
import { replaceTags } from "./tags.ts";

export interface TagChange {
  run: RunRow;
  added: string[];
  removed: string[];
}

/**
 * The tags are parsed. Answers with the runs that are other than before. Throws `run.unknown`, also for a
 * run in the bin, and `usage` for more tags than a run can have.
 */
export function tagRuns(home: Home, ids: readonly string[], wish: TagWish): TagChange[] {
  return storing(home, (database) =>
    [...new Set(ids)].flatMap((id) => {
      const before = getRun(home, id);
      const { tags, removed, isOther } = changedTags(before.tags, wish, before.name);
      if (!isOther) return [];
      replaceTags(database, id, tags);
      describeRow(home, id);
      const run = getRun(home, id);
      const known = new Set(before.tags.map(tagKey));
      return [{ run, added: run.tags.filter((tag) => !known.has(tagKey(tag))), removed }];
    }),
  );
}
