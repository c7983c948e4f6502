/** `gan-studio show`: one run on a page. */
import { examples, type AddCommand } from "../command.ts";
import { runArgument, runOf } from "../run-argument.ts";
import { runPage } from "../run-page.ts";

export const show: AddCommand = (program, perform) => {
  program
    .command("show")
    .description("Shows a run: its settings, its figures by epoch, and where its files are.")
    .argument("<run>", runArgument)
    .addHelpText("after", examples(program, "show last", "show last --json"))
    .action(
      perform(async ({ home, words: [typed = ""], withApi }) =>
        withApi(async ({ client }) => {
          const { id } = await runOf(client, typed);
          const detail = await client.runs.get({ id });
          const measured = await client.runs.measurements({ id });
          return { json: detail, text: runPage(detail, measured, home) };
        }),
      ),
    );
};
