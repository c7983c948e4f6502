/** Which run is meant by what was typed: its id, the start of it that fits no other, or `last`. */
import type { Client } from "../contract/client.ts";
import type { RunSummary } from "../contract/runs.ts";
import { Problem } from "../spec/problem.ts";

export const runArgument = "the run's id, the start of it, or «last»";

/** Throws `run.unknown`, or `usage` when several runs fit. */
export async function runOf(client: Client, typed: string): Promise<RunSummary> {
  const { runs } = await client.runs.list({ limit: 10_000 });
  if (runs.length === 0) {
    throw new Problem("run.unknown", "There are no runs yet; the command «train» makes one.");
  }
  const exact = runs.find(({ id }) => id === typed);
  if (exact) return exact;
  if (typed === "last") return runs.reduce((a, b) => (b.createdAt > a.createdAt ? b : a));
  const [first, ...others] = typed === "" ? [] : runs.filter(({ id }) => id.startsWith(typed));
  if (!first) {
    throw new Problem(
      "run.unknown",
      `There is no run «${typed}»; the command «runs» lists those that there are.`,
    );
  }
  if (others.length > 0) {
    const some = [first, ...others].slice(0, 5).map(({ id }) => id);
    const more = others.length >= some.length ? ", …" : "";
    throw new Problem(
      "usage",
      `«${typed}» fits ${others.length + 1} runs: ${some.join(", ")}${more}. Type more of the id.`,
    );
  }
  return first;
}
