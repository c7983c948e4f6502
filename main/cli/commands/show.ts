/** `gan-studio show`: one run, or a group of seeds, on a page. */
import { examples, type AddCommand } from "../command.ts";
import { evaluationTable } from "../evaluation-text.ts";
import { findingsSummary } from "../findings-text.ts";
import { groupOf } from "../group-argument.ts";
import { groupPage } from "../group-page.ts";
import { runArgument, runOf } from "../run-argument.ts";
import { runPage } from "../run-page.ts";

export const show: AddCommand = (program, perform) => {
  program
    .command("show")
    .description(
      "Shows a run: its settings, its figures by epoch, and where its files are; or a group of seeds.",
    )
    .argument("<run>", `${runArgument}; or a group's id`)
    .addHelpText(
      "after",
      examples(program, "show last", "show last --json", "show group-261122-k3f9"),
    )
    .action(
      perform(async ({ home, words: [typed = ""], withApi }) =>
        withApi(async ({ client }) => {
          const group = await groupOf(client, typed);
          if (group) {
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
          return {
            json: { ...detail, evaluations, findings },
            text: `${runPage(detail, measured, home)}${quality}${findingsSummary(findings)}`,
          };
        }),
      ),
    );
};
