/** `gan-studio fork`: a new run that shares another's past and goes on with settings of its own. */
import type { Client } from "../../contract/client.ts";
import { forkPlaces, specificationAt } from "../../spec/fork.ts";
import type { Specification } from "../../spec/specification.ts";
import { addDataset } from "../add-dataset.ts";
import { examples, type AddCommand, type Product } from "../command.ts";
import { dataHelp, dataOf, type AddData } from "../data-source.ts";
import { withFeaturesFrom } from "../features-path.ts";
import { follow } from "../follow.ts";
import { runArgument, runOf } from "../run-argument.ts";
import { goOn } from "../next-command.ts";
import { runOutcome } from "../run-outcome.ts";
import { collected, requireOneAnswer, settingHelp, withSettings } from "../setting-changes.ts";
import type { Shell } from "../shell.ts";
import { epochs, givenName, steps } from "../values.ts";

interface ForkOptions {
  epoch?: number;
  set?: string[];
  data?: string;
  epochs?: number;
  steps?: number;
  name?: string;
  json?: true;
}

export const fork: AddCommand = (program, perform) => {
  program
    .command("fork")
    .description("Starts a new run that shares a run's past up to the end of an epoch.")
    .argument("<run>", runArgument)
    .option(
      "--epoch <number>",
      "fork after this epoch (default: the last whose end is kept)",
      epochs,
    )
    .option("--set <path=value>", settingHelp, collected)
    .option("--data <source>", `train on other data from here on: ${dataHelp}`)
    .option("--epochs <number>", "epochs in all, the shared ones included", epochs)
    .option("--steps <number>", "steps in all, the shared ones included", steps)
    .option("--name <text>", "a name for the new run", givenName)
    .addHelpText(
      "after",
      "\nWhat keeps the networks' weights and the optimizers' memory can be changed: learning rates, loss,\n" +
        "k, batch size, regularisers, epochs, augmentation, data. Anything else is refused.\n" +
        examples(
          program,
          "fork last --epoch 5 --set generator.learningRate=0.0001",
          "fork lsgan-dc-261122-k3f9 --set k=5 --set batchSize=32 --epochs 20",
          `fork last --epoch 3 --set 'loss={"kind":"hinge","terms":"sum","flipRate":0}'`,
        ),
    )
    .action(
      perform<ForkOptions>(async ({ shell, words: [typed = ""], options, withApi }) => {
        const { epoch, name } = options;
        requireOneAnswer(options.set ?? [], options);
        const run = await withApi(async (product) => {
          const { id } = await runOf(product.client, typed);
          const specification = await changed(shell, product, id, options);
          const asked = {
            ...{ id, specification },
            ...(epoch !== undefined && { epoch }),
            ...(name !== undefined && { name }),
          };
          return follow(shell, product, () => product.client.runs.fork(asked));
        });
        return runOutcome(run, goOn(run, shell.program));
      }),
    );
};

/** The parent's settings as they were then, with what was asked for. */
async function changed(
  shell: Shell,
  product: Product,
  id: string,
  options: ForkOptions,
): Promise<Specification> {
  const { epoch, set = [], data, epochs, steps, json } = options;
  const before = await settingsAt(product.client, id, epoch);
  const asked = withSettings(
    {
      ...before,
      loop: {
        ...before.loop,
        epochs: epochs ?? before.loop.epochs,
        // New epochs alone lift an old limit of steps.
        steps: steps ?? (epochs === undefined ? before.loop.steps : null),
      },
    },
    set,
  );
  const isOther = asked.outputs.features !== before.outputs.features;
  const specification = isOther ? withFeaturesFrom(asked, shell.folder) : asked;
  if (data === undefined) return specification;
  const add: AddData = (files) => addDataset(shell, product, files, json === true);
  const { datasets } = await product.client.datasets.list({});
  const { source } = await dataOf(datasets, add, data, shell.folder, specification.image);
  return { ...specification, data: { ...specification.data, source } };
}

async function settingsAt(client: Client, id: string, epoch: number | undefined) {
  const detail = await client.runs.get({ id });
  const places = forkPlaces(detail);
  // Where there is no such place the command says so itself.
  const place = epoch === undefined ? places.at(-1) : places.find((at) => at.epoch === epoch);
  return specificationAt(detail.specification, detail.events, place?.step ?? 0);
}
