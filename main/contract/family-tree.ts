/** Runs in the order of their families: forks below their parents, the runs of a group together. */
import type { RunSummary } from "./runs.ts";

export interface FamilyRow {
  run: RunSummary;
  /** 0 for a run that hangs below no other of the list. */
  depth: number;
}

/**
 * Every run once. Roots keep the list's order; below each come its forks, and below the first run of a
 * group (the one that was started first) the others, the earlier before the later.
 */
export function familyRows(runs: readonly RunSummary[]): FamilyRow[] {
  const known = new Map(runs.map((run) => [run.id, run]));
  const early = runs.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  const heads = new Map<string, string>();
  for (const { id, group } of early) if (group && !heads.has(group.id)) heads.set(group.id, id);
  const aboveOf = ({ id, parent, group }: RunSummary): string | null => {
    if (parent) return known.has(parent.run) ? parent.run : null;
    const head = group ? heads.get(group.id) : undefined;
    return head === undefined || head === id ? null : head;
  };
  const below = Map.groupBy(early, aboveOf);
  const rowsOf = (run: RunSummary, depth: number): FamilyRow[] => [
    { run, depth },
    ...(below.get(run.id) ?? []).flatMap((child) => rowsOf(child, depth + 1)),
  ];
  return runs.filter((run) => aboveOf(run) === null).flatMap((run) => rowsOf(run, 0));
}
