/** The history of the preview: paged lists, and a bin, over the scripted runs. */
import type { Handlers, Payload } from "../../../main/contract/commands.ts";
import { parseRunSearch } from "../../../main/contract/run-search.ts";
import type { RunDetail, RunOrder, RunSummary } from "../../../main/contract/runs.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { changedTags } from "../../../main/spec/tags.ts";
import type { FakeTransport } from "../../support/fake-transport.ts";

type Keeping = Pick<
  Handlers,
  "runs.list" | "runs.rename" | "runs.delete" | "runs.restore" | "runs.tag" | "tags.list"
>;

const sortKeys: Record<RunOrder, (run: RunSummary) => string | number> = {
  started: (run) => run.createdAt,
  name: (run) => run.name.toLowerCase(),
  status: (run) => run.status,
  dataset: (run) => run.dataset,
  steps: (run) => run.step,
  trained: (run) => run.seconds,
};

type Family = Payload<"runs.list">["family"];

function fits(run: RunSummary, runs: ReadonlyMap<string, RunDetail>, family: Family): boolean {
  if (family === undefined) return true;
  if (family !== "roots") {
    return "parent" in family ? run.parent?.run === family.parent : run.group?.id === family.group;
  }
  const { group } = run;
  const isLater =
    group !== null &&
    [...runs.values()].some(
      (other) => other.run.group?.id === group.id && other.run.createdAt < run.createdAt,
    );
  return !isLater && !(run.parent && runs.has(run.parent.run));
}

/** `runs` by id; deleted ones are taken out of it. */
export function scriptedKeeping(
  runs: Map<string, RunDetail>,
  transport: () => FakeTransport,
): Keeping {
  const bin = new Map<string, RunDetail>();
  const take = (from: Map<string, RunDetail>, id: string): RunDetail => {
    const detail = from.get(id);
    if (!detail) throw new Problem("run.unknown", `There is no run «${id}» here.`);
    return detail;
  };
  return {
    "runs.list"({ search = "", status, preset, order = "started", descending = true, ...query }) {
      const keyOf = sortKeys[order];
      const sign = descending ? -1 : 1;
      const { text, tags } = parseRunSearch(search);
      const found = [...(query.deleted ? bin : runs).values()]
        .map(({ run }) => run)
        .filter((run) => run.name.toLowerCase().includes(text.toLowerCase()))
        .filter((run) => tags.every((tag) => run.tags.includes(tag)))
        .filter((run) => status?.includes(run.status) ?? true)
        .filter((run) => preset === undefined || run.preset === preset)
        .filter((run) => fits(run, runs, query.family))
        .sort((a, b) => sign * (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
      const from = query.offset ?? 0;
      return { runs: found.slice(from, from + (query.limit ?? found.length)), total: found.length };
    },
    "runs.rename"({ id, name }) {
      const detail = take(runs, id);
      const run = { ...detail.run, name };
      runs.set(id, { ...detail, run });
      transport().emit("run.changed", run);
      return run;
    },
    "runs.tag"({ ids, add = [], remove = [] }) {
      const changes = ids.flatMap((id) => {
        const detail = take(runs, id);
        const { tags: before, name } = detail.run;
        const { tags, removed, isOther } = changedTags(before, { add, remove }, name);
        if (!isOther) return [];
        const run = { ...detail.run, tags: tags.toSorted() };
        runs.set(id, { ...detail, run });
        return [{ run, added: tags.filter((tag) => !before.includes(tag)), removed }];
      });
      for (const { run } of changes) transport().emit("run.changed", run);
      return { changes };
    },
    "tags.list"() {
      const all = [...runs.values()].flatMap(({ run }) => run.tags);
      const counted = (tag: string) => all.filter((other) => other === tag).length;
      return { tags: [...new Set(all)].sort().map((tag) => ({ tag, runs: counted(tag) })) };
    },
    "runs.delete"({ id }) {
      bin.set(id, take(runs, id));
      runs.delete(id);
      transport().emit("run.deleted", { id });
      return { id };
    },
    "runs.restore"({ id }) {
      const detail = take(bin, id);
      runs.set(id, detail);
      bin.delete(id);
      transport().emit("run.changed", detail.run);
      return detail.run;
    },
  };
}
