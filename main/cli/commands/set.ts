/** `gan-studio set`: learning rates and discriminator updates of a run, from where it is resumed. */
import { Problem } from "../../spec/problem.ts";
import { examples, type AddCommand } from "../command.ts";
import { resumeCommand } from "../next-command.ts";
import { runArgument, runOf } from "../run-argument.ts";
import { positive, wholeNumber } from "../values.ts";

interface SetOptions {
  generatorRate?: number;
  discriminatorRate?: number;
  discriminatorSteps?: number;
}

export const set: AddCommand = (program, perform) => {
  program
    .command("set")
    .description("Changes learning rates and k of an ended run, from where it is resumed.")
    .argument("<run>", runArgument)
    .option("--generator-rate <number>", "learning rate of the generator", positive(1000))
    .option("--discriminator-rate <number>", "learning rate of the discriminator", positive(1000))
    .option(
      "--discriminator-steps <number>",
      "discriminator updates a step (k), from the next epoch on",
      wholeNumber(1, 1000),
    )
    .addHelpText(
      "after",
      examples(program, "set last --generator-rate 0.0001", "set last --discriminator-steps 5"),
    )
    .action(
      perform<SetOptions>(async ({ shell, words: [typed = ""], options, withApi }) => {
        const { generatorRate, discriminatorRate, discriminatorSteps } = options;
        if (
          generatorRate === undefined &&
          discriminatorRate === undefined &&
          discriminatorSteps === undefined
        )
          throw new Problem(
            "usage",
            "Say what to change: --generator-rate, --discriminator-rate or --discriminator-steps.",
          );
        const learningRates = {
          ...(generatorRate !== undefined && { generator: generatorRate }),
          ...(discriminatorRate !== undefined && { discriminator: discriminatorRate }),
        };
        const run = await withApi(async ({ client }) => {
          const { id } = await runOf(client, typed);
          return client.runs.set({
            id,
            ...(Object.keys(learningRates).length > 0 && { learningRates }),
            ...(discriminatorSteps !== undefined && { discriminatorSteps }),
          });
        });
        const text = `Recorded. To go on with it: ${resumeCommand(run, shell.program)}\n`;
        return { json: run, text };
      }),
    );
};
