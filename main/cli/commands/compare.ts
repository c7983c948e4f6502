/** `gan-studio compare`: what differs between runs, as a table or as one HTML file. */
import { resolve } from "node:path";
import {
  comparisonOf,
  type ComparedRun,
  type Comparison,
} from "../../contract/compare/comparison.ts";
import { figureRows } from "../../contract/compare/figures.ts";
import { fetchGrids, placesToExport } from "../../contract/compare/grids.ts";
import { comparisonPage } from "../../contract/compare/page.ts";
import { positionOf, type Axis } from "../../contract/compare/position.ts";
import { Problem } from "../../spec/problem.ts";
import { examples, type AddCommand } from "../command.ts";
import {
  columnsOf,
  figuresByColumn,
  settingsByColumn,
  type ComparedColumn,
} from "../compared-columns.ts";
import { comparisonDocument, comparisonText } from "../comparison-text.ts";
import { moment } from "../format.ts";
import { runArgument } from "../run-argument.ts";
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
    .argument(
      "<runs...>",
      `${runArgument}; or a group's id, which stands for the means of its runs`,
    )
    .option("--epoch <number>", "figures after this epoch (default: at each run's end)", epochs)
    .option("--out <file>", "write one .html file with curves and images instead of a table")
    .option("--force", "replace that file when it exists")
    .addHelpText(
      "after",
      examples(
        program,
        "compare last lsgan-dc-261122-k3f9",
        "compare RUN RUN RUN --epoch 5",
        "compare GROUP GROUP",
        "compare RUN RUN --out comparison.html",
      ),
    )
    .action(
      perform<CompareOptions>(async ({ shell, words, options, withApi }) => {
        const { epoch, out, force = false } = options;
        const path = out === undefined ? null : pageAt(resolve(shell.folder, out), force);
        return withApi(async ({ client }) => {
          const columns = await columnsOf(client, words);
          const runs = columns.flatMap((column) => column.runs);
          const comparison = shownOf(columns);
          const { axis, position } = placeOf(runs, epoch);
          tellShorter(shell, runs, epoch);
          const rows = figureRows(runs, axis, position);
          const figures = rows.map((row) => figuresByColumn(row, columns));
          const document = comparisonDocument(columns, comparison, figures);
          if (path === null)
            return { json: document, text: comparisonText(columns, comparison, figures) };
          requireRuns(columns);
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
function tellShorter(shell: Shell, runs: readonly ComparedRun[], epoch: number | undefined): void {
  if (epoch === undefined) return;
  for (const { scale, detail } of runs) {
    const end = positionOf("epoch", scale, detail.run.step);
    if (end !== null && end < epoch)
      shell.say(
        `${detail.run.id} ended at epoch ${Number(end.toFixed(2))}; its figures are of its end.`,
      );
  }
}

/** Settings, networks and noise: a group's runs differ in none of them but the seed. */
function shownOf(columns: readonly ComparedColumn[]): Comparison {
  const comparison = comparisonOf(columns.flatMap(({ runs }) => runs.slice(0, 1)));
  return { ...comparison, settings: settingsByColumn(comparison.settings, columns) };
}

function requireRuns(columns: readonly ComparedColumn[]): void {
  const group = columns.find(({ isGroup }) => isGroup);
  if (group)
    throw new Problem(
      "usage",
      `The page shows runs, and ${group.id} is a group; name runs, or leave --out away.`,
    );
}

/** Epochs where every run has any; a run that ended before is shown at its end. */
function placeOf(
  runs: readonly ComparedRun[],
  epoch: number | undefined,
): { axis: Axis; position: number } {
  const axis = runs.every(({ scale }) => scale.stepsPerEpoch !== null) ? "epoch" : "step";
  if (epoch !== undefined) return { axis: "epoch", position: epoch };
  const ends = runs.map(({ scale, detail }) => positionOf(axis, scale, detail.run.step) ?? 0);
  return { axis, position: Math.max(...ends) };
}
