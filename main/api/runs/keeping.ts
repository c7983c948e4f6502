/** Commands that keep the history in order: rename, delete into the bin, restore from it. */
import type { Handlers } from "../../contract/commands.ts";
import { Problem } from "../../spec/problem.ts";
import { emptyBin, putInBin, takeFromBin } from "../../store/bin.ts";
import { getRun, updateRun } from "../../store/runs.ts";
import type { ApiContext } from "../context.ts";

export type Keeping = Pick<Handlers, "runs.rename" | "runs.delete" | "runs.restore">;

/** Milliseconds that a deleted run can be had back. */
const keptFor = 30 * 24 * 60 * 60 * 1000;

export function keepingHandlers(context: ApiContext): Keeping {
  const { home, announcer, live, starting, now } = context;
  return {
    "runs.rename"({ id, name }) {
      getRun(home, id);
      const run = updateRun(home, id, { name }, now());
      announcer.announce("run.changed", run);
      return run;
    },

    "runs.delete"({ id }) {
      getRun(home, id);
      if (live.has(id) || starting.has(id))
        throw new Problem("run.state", `The run ${id} is being trained; stop it before deleting.`);
      context.explorations.close(id);
      putInBin(home, id, now());
      // It could store nothing any more.
      void context.evaluations.cancel(id);
      announcer.announce("run.deleted", { id });
      try {
        // Here, because who deletes wants room, and no clock needs to run for it.
        emptyBin(home, now() - keptFor);
      } catch (thrown) {
        // What could not be removed now is tried again at the next deletion; this one is done.
        console.warn(thrown);
      }
      return { id };
    },

    "runs.restore"({ id }) {
      takeFromBin(home, id);
      const run = getRun(home, id);
      announcer.announce("run.changed", run);
      return run;
    },
  };
}
