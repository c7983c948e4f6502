/** `gan-studio resume`: goes on with a run that has ended, from its last checkpoint. */
import { Option } from "commander";
import { examples, type AddCommand } from "../command.ts";
import { follow } from "../follow.ts";
import { runArgument, runOf } from "../run-argument.ts";
import { goOn } from "../next-command.ts";
import { runOutcome } from "../run-outcome.ts";
import { engines, epochs, steps, type Engine } from "../values.ts";

interface ResumeOptions {
  epochs?: number;
  steps?: number;
  engine: Engine;
}

export const resume: AddCommand = (program, perform) => {
  program
    .command("resume")
    .description("Goes on with a run that was stopped, interrupted or finished.")
    .argument("<run>", runArgument)
    .option("--epochs <number>", "epochs in all, those already done included", epochs)
    .option("--steps <number>", "steps in all, those already done included", steps)
    .addOption(new Option("--engine <engine>", "what computes").choices(engines).default("auto"))
    .addHelpText("after", examples(program, "resume last", "resume last --epochs 20"))
    .action(
      perform<ResumeOptions>(async ({ shell, words: [typed = ""], options, withApi }) => {
        const { epochs, steps, engine } = options;
        const limits = {
          ...(epochs === undefined ? {} : { epochs }),
          ...(steps === undefined ? {} : { steps }),
        };
        const run = await withApi(async (product) => {
          const { id } = await runOf(product.client, typed);
          return follow(shell, product, () =>
            product.client.runs.resume({ id, engine, ...limits }),
          );
        });
        return runOutcome(run, goOn(run, shell.program));
      }),
    );
};
