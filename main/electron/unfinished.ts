/** What quitting calls off, beside runs, which are saved: works that last, and seeds that wait. */
import type { Api } from "../api/api.ts";
import { createClient } from "../contract/client.ts";
import type { LastingCommand } from "../contract/works.ts";

/** Null for what goes on where it was, or takes a moment. */
const words: Readonly<Record<LastingCommand, string | null>> = {
  "datasets.add": "a data set that is being added",
  "datasets.download": null,
  "runs.evaluate": "an evaluation",
  "runs.reproduce": "a reproduction",
  "runs.import": "an import",
  "exports.write": "an export",
  "exports.archive": "an export",
  "exports.import": "an import",
  "explore.search": null,
  "system.bench": null,
};

/** As parts of a sentence; none where nothing is lost. */
export async function unfinishedOf(api: Pick<Api, "invoke" | "subscribe">): Promise<string[]> {
  const client = createClient(api);
  const [{ works }, { groups }] = await Promise.all([
    client.works.list({}),
    client.groups.list({}),
  ]);
  const waiting = groups.reduce((sum, group) => sum + group.waiting.length, 0);
  const seeds = waiting === 1 ? "1 seed" : `${waiting.toString()} seeds`;
  return [
    ...works.flatMap(({ command }) => words[command] ?? []),
    ...(waiting === 0 ? [] : [`${seeds} of a group, not begun yet`]),
  ];
}
