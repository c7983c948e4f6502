/**
 * Renaming, deleting and restoring as the screen does them: each says what was done, offers to undo
 * it, and says what could not be done.
 */
import type { RunSummary } from "../../main/contract/runs.ts";
import type { Notices } from "../shared/notices.svelte.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Studio } from "../shared/studio.ts";

export interface Keeping {
  /** Resolves with whether it was renamed. */
  rename: (run: RunSummary, name: string) => Promise<boolean>;
  /** Moves runs to the bin; resolves with the ids of those that were. */
  remove: (runs: readonly RunSummary[]) => Promise<string[]>;
  restore: (run: RunSummary) => Promise<void>;
}

export function createKeeping({ client }: Studio, notices: Notices): Keeping {
  const failed = (title: string, thrown: unknown) =>
    notices.show({ tone: "bad", title, text: problemMessage(thrown) });

  const rename = async (run: RunSummary, name: string): Promise<boolean> => {
    const wanted = name.trim();
    if (wanted === "" || wanted === run.name) return false;
    try {
      await client.runs.rename({ id: run.id, name: wanted });
    } catch (thrown) {
      failed("The run was not renamed", thrown);
      return false;
    }
    notices.offerUndo(
      `«${run.name}» is now «${wanted}».`,
      () => void rename({ ...run, name: wanted }, run.name),
    );
    return true;
  };

  const restore = async (run: RunSummary): Promise<void> => {
    try {
      await client.runs.restore({ id: run.id });
    } catch (thrown) {
      failed(`«${run.name}» was not restored`, thrown);
    }
  };

  const remove = async (runs: readonly RunSummary[]): Promise<string[]> => {
    const removed: RunSummary[] = [];
    for (const run of runs) {
      try {
        await client.runs.delete({ id: run.id });
        removed.push(run);
      } catch (thrown) {
        failed(`«${run.name}» was not deleted`, thrown);
      }
    }
    const [first] = removed;
    if (first)
      notices.offerUndo(
        `${removed.length === 1 ? `«${first.name}» was` : `${removed.length.toString()} runs were`} moved to the bin, where deleted runs stay for 30 days.`,
        () => {
          for (const run of removed) void restore(run);
        },
      );
    return removed.map(({ id }) => id);
  };

  return { rename, remove, restore };
}
