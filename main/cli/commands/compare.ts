/** `gan-studio compare`: what differs between runs, as a table or as one HTML file. */
import { resolve } from "node:path";
import type { Client } from "../../contract/client.ts";
import {
  comparisonOf,
  fetchCompared,
  requireComparable,
  type Comparison,
} from "../../contract/compare/comparison.ts";
import { figureRows } from "../../contract/compare/figures.ts";
import { fetchGrids, placesToExport } from "../../contract/compare/grids.ts";
import { comparisonPage } from "../../contract/compare/page.ts";
import { positionOf, type Axis } from "../../contract/compare/position.ts";
import { Problem } from "../../spec/problem.ts";
import { examples, type AddCommand } from "../command.ts";
import { comparisonDocument, comparisonText } from "../comparison-text.ts";
import { moment } from "../format.ts";
import { runArgument, runOf } from "../run-argument.ts";
import type { Shell } from "../shell.ts";
import { epochs } from "../values.ts";
import { requireFree, writeOut } from "../write-out.ts";

interface CompareOptions {
  epoch?: number;
  out?: string;
  force?: true;
}

export const compare: AddCommand = (program, perform) => {
  program
    .command("compare")
    .description("Shows what differs between two to six runs: settings, networks, figures.")
    .argument("<runs...>", runArgument)
    .option("--epoch <number>", "figures after this epoch (default: at each run's end)", epochs)
    .option("--out <file>", "write one .html file with curves and images instead of a table")
    .option("--force", "replace that file when it exists")
    .addHelpText(
      "after",
      examples(
        program,
        "compare last lsgan-dc-261122-k3f9",
        "compare RUN RUN RUN --epoch 5",
        "compare RUN RUN --out comparison.html",
      ),
    )
    .action(
      perform<CompareOptions>(async ({ shell, words, options, withApi }) => {
        const { epoch, out, force = false } = options;
        const path = out === undefined ? null : pageAt(resolve(shell.folder, out), force);
        return withApi(async ({ client }) => {
          const comparison = await compared(client, words);
          const { axis, position } = placeOf(comparison, epoch);
          tellShorter(shell, comparison, epoch);
          const figures = figureRows(comparison.runs, axis, position);
          const document = comparisonDocument(comparison, figures);
          if (path === null) return { json: document, text: comparisonText(comparison, figures) };
          const positions = placesToExport(axis, comparison.runs);
          const grids = await fetchGrids(client, comparison.runs, axis, positions);
          const writtenAt = moment(Date.now());
          const content = { comparison, axis, position, positions, grids, writtenAt };
          await writeOut(path, new TextEncoder().encode(comparisonPage(content)), force);
          return {
            json: { ...document, files: [path] },
            text: `${comparison.runs.length} runs compared in ${path}\n`,
          };
        });
      }),
    );
};

/** Before anything is read: a comparison of long runs takes a while. */
function pageAt(path: string, force: boolean): string {
  if (!/\.html?$/i.test(path))
    throw new Problem("usage", `${path} would be an HTML page; end its name in .html.`);
  requireFree(path, force);
  return path;
}

/** Figures of different epochs stand in one row otherwise, and nothing tells. */
function tellShorter(shell: Shell, { runs }: Comparison, epoch: number | undefined): void {
  if (epoch === undefined) return;
  for (const { scale, detail } of runs) {
    const end = positionOf("epoch", scale, detail.run.step);
    if (end !== null && end < epoch)
      shell.say(
        `${detail.run.id} ended at epoch ${Number(end.toFixed(2))}; its figures are of its end.`,
      );
  }
}

async function compared(client: Client, names: readonly string[]): Promise<Comparison> {
  const ids: string[] = [];
  for (const name of names) ids.push((await runOf(client, name)).id);
  requireComparable(ids);
  return comparisonOf(await Promise.all(ids.map((id) => fetchCompared(client, id))));
}

/** Epochs where every run has any; a run that ended before is shown at its end. */
function placeOf(
  { runs }: Comparison,
  epoch: number | undefined,
): { axis: Axis; position: number } {
  const axis = runs.every(({ scale }) => scale.stepsPerEpoch !== null) ? "epoch" : "step";
  if (epoch !== undefined) return { axis: "epoch", position: epoch };
  const ends = runs.map(({ scale, detail }) => positionOf(axis, scale, detail.run.step) ?? 0);
  return { axis, position: Math.max(...ends) };
}
