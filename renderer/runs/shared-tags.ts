/** Tags of several runs together: those that all have, and those that only some have. */
import type { RunSummary } from "../../main/contract/runs.ts";
import { tagKey } from "../../main/spec/tags.ts";

/** In the order of the alphabet; `note` tells how many have a tag that not all have. */
export function sharedTags(runs: readonly RunSummary[]): { tag: string; note?: string }[] {
  const found = new Map<string, { tag: string; count: number }>();
  for (const tag of runs.flatMap(({ tags }) => tags)) {
    const key = tagKey(tag);
    const known = found.get(key);
    found.set(key, { tag: known?.tag ?? tag, count: (known?.count ?? 0) + 1 });
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { tag, count }]) =>
      count === runs.length
        ? { tag }
        : { tag, note: `${count.toString()} of ${runs.length.toString()}` },
    );
}
