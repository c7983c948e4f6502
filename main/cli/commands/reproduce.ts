/** `gan-studio reproduce`: trains a run again and says whether its numbers come out the same. */
import type { Reproduction } from "../../contract/family.ts";
import { reproductionSentence } from "../../contract/reproduction-text.ts";
import { createAmountReporter } from "../amount-progress.ts";
import { callOffAtInterrupt } from "../call-off.ts";
import { examples, type AddCommand } from "../command.ts";
import { count } from "../format.ts";
import { runArgument, runOf } from "../run-argument.ts";
import { steps } from "../values.ts";

interface ReproduceOptions {
  steps?: number;
  json?: true;
}

export const reproduce: AddCommand = (program, perform) => {
  program
    .command("reproduce")
    .description("Trains a run again from its settings, seed and events, and compares the numbers.")
    .argument("<run>", runArgument)
    .option("--steps <number>", "only so many steps (default: all that it has done)", steps)
    .addHelpText(
      "after",
      "\nWhat the run is stays as it is; the outcome is kept with its events. The exit code is 0 when all that was compared is equal, else 1.\n" +
        examples(program, "reproduce last", "reproduce last --steps 200"),
    )
    .action(
      perform<ReproduceOptions>(async ({ shell, words: [typed = ""], options, withApi }) =>
        withApi(async ({ api, client }) => {
          const { id } = await runOf(client, typed);
          const format = "{bar} {percentage}%  {amount}  {what}";
          const reporter = options.json ? null : await createAmountReporter(shell, format);
          const ends = [
            api.subscribe("run.reproducing", (progress) => {
              if (progress.id !== id) return;
              const { step, totalSteps } = progress;
              const amount = `step ${count(step)} of ${count(totalSteps)}`;
              reporter?.progress({
                done: step,
                total: totalSteps,
                what: "compared as it goes",
                amount,
              });
            }),
            callOffAtInterrupt(shell, () => client.runs.cancelReproduce({ id })),
          ];
          try {
            const { steps } = options;
            const asked = { id, ...(steps !== undefined && { steps }) };
            const result = await client.runs.reproduce(asked);
            return {
              json: result,
              text: textOf(result),
              succeeded: result.outcome !== "different",
            };
          } finally {
            for (const end of ends) end();
            reporter?.end();
          }
        }),
      ),
    );
};

function textOf(result: Reproduction): string {
  return [reproductionSentence(result), ...result.caveats].map((line) => `${line}\n`).join("");
}
