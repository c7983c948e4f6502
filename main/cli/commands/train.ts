/** `gan-studio train`: from a preset or a file to a trained, stored run. */
import { Option } from "commander";
import { presets } from "../../spec/presets.ts";
import { examples, type AddCommand } from "../command.ts";
import { dataOf, dataOfSource } from "../data-source.ts";
import { follow } from "../follow.ts";
import { goOn, runOutcome } from "../run-outcome.ts";
import { changed, readSpecification, type Changes, type Origin } from "../specification.ts";
import { engines, epochs, seed, steps, type Engine } from "../values.ts";

interface TrainOptions extends Origin, Changes {
  data?: string;
  engine: Engine;
  eager?: true;
  name?: string;
}

const presetList = presets.map(({ id, title }) => `  ${id.padEnd(14)}${title}`).join("\n");

export const train: AddCommand = (program, perform) => {
  program
    .command("train")
    .description("Trains a run, stores it, and prints its id and its last figures.")
    .option("--preset <name>", "start from a preset, see below")
    .option("--spec <file>", "start from a specification in a JSON file")
    .option("--data <source>", "a data set's id, «digits», an IDX file or a folder that holds one")
    .option("--epochs <number>", "passes over the data", epochs)
    .option(
      "--steps <number>",
      "end after so many steps; with --epochs, at what comes first",
      steps,
    )
    .option("--seed <number>", "seed of everything random", seed)
    .addOption(new Option("--engine <engine>", "what computes").choices(engines).default("auto"))
    .option("--eager", "run each operation by itself; at present the only mode there is")
    .option("--name <text>", "a name for the run")
    .addHelpText(
      "after",
      `\nPresets:\n${presetList}\n` +
        examples(
          program,
          "train --preset lsgan-dc",
          "train --preset vanilla-mlp --data ./mnist --epochs 5 --name 'first try'",
          "train --preset lsgan-dc --steps 200 --json > run.json",
        ) +
        `\n\nCtrl-C saves and stops the run; «${program.name()} resume last» goes on with it.`,
    )
    .action(
      perform<TrainOptions>(async ({ shell, options, withApi }) => {
        const specification = await readSpecification(options, shell.folder);
        const { data, name, engine } = options;
        const run = await withApi(async (product) => {
          const found =
            data === undefined
              ? await dataOfSource(product.client, specification.data.source)
              : await dataOf(product.client, data, shell.folder, specification.image);
          const wanted = changed(specification, options, found);
          const named = name === undefined ? {} : { name };
          return follow(shell, product, () =>
            product.client.runs.start({ specification: wanted, engine, ...named }),
          );
        });
        return runOutcome(run, goOn(run, shell.program));
      }),
    );
};
