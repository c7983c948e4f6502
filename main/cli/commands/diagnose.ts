/** `gan-studio diagnose`: what is wrong with a run, by its measurements. */
import { examples, type AddCommand } from "../command.ts";
import { findingsText } from "../findings-text.ts";
import { runArgument, runOf } from "../run-argument.ts";

export const diagnose: AddCommand = (program, perform) => {
  program
    .command("diagnose")
    .description("Says what goes wrong in a run, with the numbers behind it and what to try.")
    .argument("<run>", runArgument)
    .addHelpText("after", examples(program, "diagnose last", "diagnose last --json"))
    .action(
      perform(async ({ words: [typed = ""], withApi }) =>
        withApi(async ({ client }) => {
          const { id } = await runOf(client, typed);
          const { findings } = await client.runs.findings({ id });
          return { json: { id, findings }, text: findingsText(findings) };
        }),
      ),
    );
};
