/** `gan-studio train`: from a preset or a file to a trained, stored run. */
import { Option } from "commander";
import { augmentationWarnings } from "../../spec/augmentation.ts";
import { withChannelsOf } from "../../spec/channels.ts";
import { Problem } from "../../spec/problem.ts";
import { examples, type AddCommand } from "../command.ts";
import { addDataset } from "../add-dataset.ts";
import { dataHelp, dataOf, dataOfSource, requireOwnData, type AddData } from "../data-source.ts";
import { withFeaturesFrom } from "../features-path.ts";
import { follow } from "../follow.ts";
import { followGroup } from "../follow-group.ts";
import { groupOutcome } from "../group-page.ts";
import { plural } from "../format.ts";
import { presetTable } from "../preset-list.ts";
import { goOn } from "../next-command.ts";
import { runOutcome } from "../run-outcome.ts";
import { changed, readSpecification, type Changes, type Origin } from "../specification.ts";
import { collected, requireOneAnswer, settingHelp, withSettings } from "../setting-changes.ts";
import { engines, epochs, givenName, seed, seeds, steps, type Engine } from "../values.ts";

interface TrainOptions extends Origin, Changes {
  data?: string;
  engine: Engine;
  eager?: true;
  json?: true;
  name?: string;
  seeds?: number[];
  set?: string[];
}

export const train: AddCommand = (program, perform) => {
  program
    .command("train")
    .description("Trains a run, stores it, and prints its id and its last figures.")
    .option("--preset <name>", "start from a preset, see below")
    .option("--spec <file>", "start from a specification in a JSON file")
    .option("--data <source>", dataHelp)
    .option("--epochs <number>", "passes over the data", epochs)
    .option(
      "--steps <number>",
      "end after so many steps; with --epochs, at what comes first",
      steps,
    )
    .option("--seed <number>", "seed of everything random", seed)
    .option("--seeds <list>", "one run for each seed, in turn: 1..5 or 1,3,7", seeds)
    .option("--set <path=value>", settingHelp, collected)
    .addOption(new Option("--engine <engine>", "what computes").choices(engines).default("auto"))
    .option("--eager", "run each operation by itself instead of compiling the step")
    .option("--name <text>", "a name for the run", givenName)
    .addHelpText(
      "after",
      `\nPresets:\n${presetTable().replaceAll(/^(?=.)/gm, "  ")}` +
        examples(
          program,
          "train --preset lsgan-dc",
          "train --preset vanilla-mlp --data ./mnist --epochs 5 --name 'first try'",
          "train --preset lsgan-dc --steps 200 --json > run.json",
          "train --preset lsgan-dc --epochs 5 --seeds 1..5",
        ) +
        `\n\nCtrl-C saves and stops the run; «${program.name()} resume last» goes on with it.\n` +
        "The exit code is then 130, and the shell's loop that it runs in ends as well.",
    )
    .action(
      perform<TrainOptions>(async ({ shell, options, withApi }) => {
        requireOneAnswer(options.set ?? [], options);
        const specification = await readSpecification(options, shell.folder);
        const { data, name, engine, eager = false } = options;
        if (options.seeds && options.seed !== undefined) {
          throw new Problem(
            "usage",
            "--seed and --seeds are two answers to one question; give one.",
          );
        }
        return withApi(async (product) => {
          const add: AddData = (files) => addDataset(shell, product, files, options.json === true);
          const { datasets } = await product.client.datasets.list({});
          const found =
            data === undefined
              ? await dataOfSource(add, specification.data.source)
              : await dataOf(datasets, add, data, shell.folder, specification.image);
          const { image } = found;
          const isChosen = data !== undefined && image !== null;
          const fitted = isChosen ? withChannelsOf(specification, image) : specification;
          if (isChosen && fitted !== specification) {
            shell.say(
              `The images have ${plural(image.channels, "channel")}; the generator now gives as many.`,
            );
          }
          const wanted = withFeaturesFrom(
            withSettings(changed(fitted, options, found), options.set ?? []),
            shell.folder,
          );
          if (data === undefined) requireOwnData(wanted);
          const { augmentation } = wanted.data;
          for (const warning of augmentationWarnings(augmentation, found.classNames)) {
            shell.say(warning);
          }
          const named = name === undefined ? {} : { name };
          const asked = { specification: wanted, engine, eager, ...named };
          if (options.seeds) {
            const group = { ...asked, seeds: options.seeds };
            return groupOutcome(await followGroup(shell, product, group));
          }
          const run = await follow(shell, product, () => product.client.runs.start(asked));
          return runOutcome(run, goOn(run, shell.program));
        });
      }),
    );
};
