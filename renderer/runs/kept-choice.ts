/**
 * What is ticked and opened in the list of runs, over a reload. Runs are kept by their ids and asked for
 * anew: one may have another name by then, or be gone.
 */
import * as v from "valibot";
import type { RunSummary } from "../../main/contract/runs.ts";
import { keep, recall } from "../shared/kept.ts";
import type { Studio } from "../shared/studio.ts";
import type { Selection } from "./selection.svelte.ts";

const chosen = "chosen runs";
const open = "open families";
const ids = v.pipe(v.array(v.string()), v.maxLength(200));

/** Null for a run that is gone. */
export const fetchRun = (studio: Studio, id: string): Promise<RunSummary | null> =>
  studio.client.runs.get({ id }).then(
    ({ run }) => run,
    () => null,
  );

/** Ticks again what was ticked, in the same order. */
export async function recallSelection(studio: Studio, selection: Selection): Promise<void> {
  const runs = await Promise.all((recall(chosen, ids) ?? []).map((id) => fetchRun(studio, id)));
  for (const run of runs) if (run && !selection.has(run.id)) selection.toggle(run);
}

export const keepSelection = ({ ids: kept }: Selection): void => {
  keep(chosen, kept);
};

export const recallOpen = (): ReadonlySet<string> => new Set(recall(open, ids) ?? []);

export const keepOpen = (kept: readonly string[]): void => {
  keep(open, kept);
};
