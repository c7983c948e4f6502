/** What stands in a column of a comparison: a run, or a group of seeds as means over its runs. */
import { spreadOf } from "../api/runs/group-figures.ts";
import type { Client } from "../contract/client.ts";
import {
  fetchCompared,
  requireComparable,
  type ComparedRun,
} from "../contract/compare/comparison.ts";
import { figureText, type FigureRow } from "../contract/compare/figures.ts";
import { Problem } from "../spec/problem.ts";
import type { Difference } from "../spec/compare/settings.ts";
import { groupOf } from "./group-argument.ts";
import { runOf } from "./run-argument.ts";

export interface ComparedColumn {
  id: string;
  name: string;
  status: string;
  dataset: string;
  /** The run; of a group all that have trained. */
  runs: ComparedRun[];
  isGroup: boolean;
}

/** Throws `run.unknown` or `usage`. */
export async function columnsOf(
  client: Client,
  names: readonly string[],
): Promise<ComparedColumn[]> {
  const meant: { id: string; group: boolean }[] = [];
  for (const name of names) {
    const group = await groupOf(client, name);
    meant.push({ id: group ?? (await runOf(client, name)).id, group: group !== null });
  }
  requireComparable(meant.map(({ id }) => id));
  return Promise.all(
    meant.map(({ id, group }) => (group ? groupColumn(client, id) : runColumn(client, id))),
  );
}

async function runColumn(client: Client, id: string): Promise<ComparedColumn> {
  const compared = await fetchCompared(client, id);
  const { name, status, dataset } = compared.detail.run;
  return { id, name, status, dataset, runs: [compared], isGroup: false };
}

async function groupColumn(client: Client, id: string): Promise<ComparedColumn> {
  const { group } = await client.groups.get({ id });
  const trained = group.runs.filter(({ step }) => step > 0);
  const runs = await Promise.all(trained.map((run) => fetchCompared(client, run.id)));
  const [first] = trained;
  if (!first) throw new Problem("usage", `No run of the group ${id} has trained a step yet.`);
  const finished = trained.filter(({ status }) => status === "finished").length;
  const status = `${finished} of ${group.seeds.length} finished`;
  return { id, name: group.name, status, dataset: first.dataset, runs, isGroup: true };
}

/** A row of figures with a value a column; a group's is its mean, with the sample's standard deviation. */
export interface ColumnFigures extends FigureRow {
  deviations: (number | null)[];
}

/** `row` has a value a run, in the order of the columns' runs. */
export function figuresByColumn(row: FigureRow, columns: readonly ComparedColumn[]): ColumnFigures {
  let from = 0;
  const cells = columns.map(({ runs }) => {
    const texts = row.texts.slice(from, from + runs.length);
    const values = row.values.slice(from, (from += runs.length));
    return cellOf(values, texts);
  });
  return {
    label: row.label,
    values: cells.map(({ value }) => value),
    deviations: cells.map(({ deviation }) => deviation),
    texts: cells.map(({ text }) => text),
  };
}

function cellOf(values: readonly (number | null)[], texts: readonly string[]) {
  const known = values.filter((value) => value !== null);
  const [first = "–"] = texts;
  const { mean, deviation, runs } = spreadOf(known);
  if (values.length === 1 || known.length === 0)
    return { value: values[0] ?? null, deviation: null, text: first };
  const isSame = texts.every((text) => text === first);
  const some = runs < values.length ? ` (${runs} of ${values.length})` : "";
  const spread = runs < 2 ? "" : ` ± ${figureText(deviation)}`;
  return {
    value: mean,
    deviation: runs < 2 ? null : deviation,
    text: isSame ? first : `${figureText(mean)}${spread}${some}`,
  };
}

/** Of a group the first run's settings are shown, but for the seeds, which are its runs' own. */
export const settingsByColumn = (
  settings: readonly Difference[],
  columns: readonly ComparedColumn[],
): Difference[] =>
  settings.map(({ path, values }) => ({
    path,
    values: values.map((value, place) => {
      const { isGroup = false, runs = [] } = columns[place] ?? {};
      if (path !== "seed" || !isGroup) return value;
      return runs.map(({ detail }) => detail.specification.seed).join(", ");
    }),
  }));
