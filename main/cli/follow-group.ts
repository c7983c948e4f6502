/** Starts a group of seeds and accompanies its runs, one after the other. Ctrl-C cancels what is left. */
import type { Payload } from "../contract/commands.ts";
import type { GroupDetail, GroupSummary } from "../contract/family.ts";
import type { RunSummary } from "../contract/runs.ts";
import type { Product } from "./command.ts";
import { follow } from "./follow.ts";
import type { Shell } from "./shell.ts";
import { ended } from "./watch.ts";

export interface FollowedGroup {
  detail: GroupDetail;
  /** Whether Ctrl-C has ended it. */
  cancelled: boolean;
}

/** Resolves when nothing of the group trains or waits. Rejects when it cannot be started. */
export async function followGroup(
  shell: Shell,
  product: Product,
  wanted: Payload<"groups.start">,
): Promise<FollowedGroup> {
  const { api, client } = product;
  const watched = watchGroups(product);
  const seen = new Set<string>();
  try {
    let id = "";
    let cancelled = false;
    const wasCancelled = () => cancelled;
    const cancel = () => {
      cancelled = true;
      return client.groups.cancel({ id });
    };
    const first = async (): Promise<RunSummary> => {
      const group = await client.groups.start(wanted);
      ({ id } = group);
      return group.runs[0] as RunSummary;
    };
    let next: RunSummary | null = await follow(shell, product, first, cancel);
    while (next !== null) {
      seen.add(next.id);
      const run = await watched.nextOf(id, seen);
      const again = async () => (await client.runs.get({ id: run?.id ?? "" })).run;
      next = run && (await follow(shell, product, again, cancel));
    }
    return { detail: await api.invoke("groups.get", { id }), cancelled: wasCancelled() };
  } finally {
    watched.end();
  }
}

/** Tells of each run of a group that begins, and of its end: null. */
function watchGroups({ api, client }: Product) {
  let look: () => void = () => undefined;
  const stops = [
    api.subscribe("group.changed", () => {
      look();
    }),
    api.subscribe("run.changed", () => {
      look();
    }),
  ];
  const isOver = ({ waiting, ending, runs }: GroupSummary) =>
    ending !== null || (waiting.length === 0 && runs.every(({ status }) => ended.has(status)));
  return {
    async nextOf(id: string, seen: ReadonlySet<string>): Promise<RunSummary | null> {
      for (;;) {
        const changed = new Promise<void>((resolve) => (look = resolve));
        const { group } = await client.groups.get({ id });
        const fresh = group.runs.find((run) => !seen.has(run.id));
        if (fresh) return fresh;
        if (isOver(group)) return null;
        await changed;
      }
    },
    end() {
      for (const stop of stops) stop();
    },
  };
}
