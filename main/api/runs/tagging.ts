/** Commands that mark runs with tags, and tell which tags there are. */
import type { Handlers } from "../../contract/commands.ts";
import { parseTag } from "../../spec/tags.ts";
import { tagRuns } from "../../store/tag-runs.ts";
import { listTags } from "../../store/tags.ts";
import type { ApiContext } from "../context.ts";

type Tagging = Pick<Handlers, "runs.tag" | "tags.list">;

export function taggingHandlers({ home, announcer }: ApiContext): Tagging {
  return {
    "runs.tag"({ ids, add = [], remove = [] }) {
      const changes = tagRuns(home, ids, { add: add.map(parseTag), remove });
      for (const { run } of changes) announcer.announce("run.changed", run);
      return { changes };
    },

    "tags.list": () => ({ tags: listTags(home) }),
  };
}
