/** `gan-studio show`: one run, or a group of seeds, on a page. */
import { resolve } from "node:path";
import { csvOf } from "../../contract/measurements-csv.ts";
import { Problem } from "../../spec/problem.ts";
import { examples, type AddCommand } from "../command.ts";
import { epochMeans } from "../epoch-means.ts";
import { evaluationTable } from "../evaluation-text.ts";
import { findingsSummary } from "../findings-text.ts";
import { plural } from "../format.ts";
import { groupOf } from "../group-argument.ts";
import { groupPage } from "../group-page.ts";
import { runArgument, runOf } from "../run-argument.ts";
import { runPage } from "../run-page.ts";
import { writeOut } from "../write-out.ts";

interface ShowOptions {
  csv?: string;
  force?: true;
}

const onlyOfRuns = new Problem("usage", "--csv is for a run; name one of the group's.");

export const show: AddCommand = (program, perform) => {
  program
    .command("show")
    .description(
      "Shows a run: its settings, its figures by epoch, and where its files are; or a group of seeds.",
    )
    .argument("<run>", `${runArgument}; or a group's id`)
    .option("--csv <file>", "write what was measured, a row a step, to this file instead of a page")
    .option("--force", "replace that file when it exists")
    .addHelpText(
      "after",
      "\n--json has the means of each epoch under «epochs»; a value that is no number is null there.\n" +
        examples(
          program,
          "show last",
          "show last --json",
          "show last --csv curves.csv",
          "show group-261122-k3f9",
        ),
    )
    .action(
      perform<ShowOptions>(async ({ shell, home, words: [typed = ""], options, withApi }) =>
        withApi(async ({ client }) => {
          const group = await groupOf(client, typed);
          if (group) {
            if (options.csv !== undefined) throw onlyOfRuns;
            const detail = await client.groups.get({ id: group });
            return { json: detail, text: groupPage(detail) };
          }
          const { id } = await runOf(client, typed);
          const detail = await client.runs.get({ id });
          const measured = await client.runs.measurements({ id });
          const { evaluations } = await client.runs.evaluations({ id });
          const quality =
            evaluations.length > 0 ? `\nEvaluations\n${evaluationTable(evaluations)}` : "";
          const { findings } = await client.runs.findings({ id });
          const epochs = epochMeans(detail.samples, measured);
          const json = { ...detail, epochs, evaluations, findings };
          if (options.csv !== undefined) {
            const path = resolve(shell.folder, options.csv);
            const written = new TextEncoder().encode(csvOf(measured));
            await writeOut(path, written, options.force === true);
            const text = `${plural(measured.steps.length, "measured step")} in ${path}\n`;
            return { json: { ...json, files: [path] }, text };
          }
          const doctor = findingsSummary(findings, `${shell.program} diagnose ${id}`);
          return { json, text: `${runPage(detail, epochs, home)}${quality}${doctor}` };
        }),
      ),
    );
};
