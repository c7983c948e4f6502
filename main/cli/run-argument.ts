/** Which run is meant by what was typed: its id, a part of it, its name, or `last`. */
import type { Client } from "../contract/client.ts";
import type { RunSummary } from "../contract/runs.ts";
import { Problem } from "../spec/problem.ts";

export const runArgument = "the run's id, its start or its last part, the run's name, or «last»";

type Named = Pick<RunSummary, "id" | "name">;

/**
 * The runs that fit: the one of this id; else the one of this whole name; else the one whose id starts or
 * ends so; else all of these, for nothing tells which is meant.
 */
export function runsMeant<Run extends Named>(runs: readonly Run[], typed: string): Run[] {
  if (typed === "") return [];
  const exact = runs.find(({ id }) => id === typed);
  if (exact) return [exact];
  const byName = runs.filter(({ name }) => name === typed);
  const byId = runs.filter(({ id }) => id.startsWith(typed) || id.endsWith(`-${typed}`));
  const all = [...new Set([...byName, ...byId])];
  return [byName, byId].find(({ length }) => length === 1) ?? all;
}

/** Throws `run.unknown`, or `usage` when several runs fit. */
export async function runOf(client: Client, typed: string): Promise<RunSummary> {
  const { runs } = await client.runs.list({ limit: 10_000 });
  if (runs.length === 0) {
    throw new Problem("run.unknown", "There are no runs yet; the command «train» makes one.");
  }
  if (typed === "last" && !runs.some(({ id }) => id === typed))
    return runs.reduce((a, b) => (b.createdAt > a.createdAt ? b : a));
  const [first, ...others] = runsMeant(runs, typed);
  if (!first) {
    throw new Problem(
      "run.unknown",
      `There is no run «${typed}»; the command «runs» lists those that there are.`,
    );
  }
  if (others.length > 0) throw new Problem("usage", severalFit(typed, [first, ...others]));
  return first;
}

/** Newest first, as they are listed. */
export function severalFit(typed: string, runs: readonly Named[]): string {
  const some = runs.slice(0, 5).map(({ id }) => id);
  const more = runs.length > some.length ? ", …" : "";
  return `«${typed}» fits ${runs.length} runs: ${some.join(", ")}${more}. Type more of the id, or the part after its last dash.`;
}
