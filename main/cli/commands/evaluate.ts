/** `gan-studio evaluate`: how good a run's images are. Ctrl-C keeps what was done by then. */
import { resolve } from "node:path";
import { usualCount, type RunEvaluationProgress } from "../../contract/evaluations.ts";
import type { Payload } from "../../contract/commands.ts";
import type { DataSource } from "../../spec/data.ts";
import { addDataset } from "../add-dataset.ts";
import { createAmountReporter, type Amount } from "../amount-progress.ts";
import { callOffAtInterrupt } from "../call-off.ts";
import { examples, type AddCommand, type Product } from "../command.ts";
import { dataHelp, dataOf, type AddData } from "../data-source.ts";
import { evaluationPage, evaluationTable, protocolText } from "../evaluation-text.ts";
import { count } from "../format.ts";
import { runArgument, runOf } from "../run-argument.ts";
import type { Shell } from "../shell.ts";
import { epochs, seed, wholeNumber } from "../values.ts";

interface EvaluateOptions {
  epoch?: number;
  all?: true;
  count: number;
  seed: number;
  data?: string;
  /** False: the data set's own. */
  features?: string | false;
}

export const evaluate: AddCommand = (program, perform) => {
  program
    .command("evaluate")
    .description("Measures how good a run's images are, and stores it with the run.")
    .argument("<run>", runArgument)
    .option("--epoch <number>", "the generator as it was after this epoch", epochs)
    .option("--all", "every epoch that a checkpoint is kept of")
    .option(
      "--count <number>",
      "images to draw, and real ones to compare with",
      wholeNumber(16, 100_000),
      usualCount,
    )
    .option("--seed <number>", "seed of the noise and of the choice of real images", seed, 0)
    .option("--data <source>", `compare with other real images: ${dataHelp}`)
    .option("--features <file>", "compare by the features of this .onnx file or model.json")
    .option("--no-features", "by the data set's own network, where the run names a file")
    .addHelpText(
      "after",
      "\nThe first evaluation on a data set trains a classifier of it, which is kept. Distances are\n" +
        "measured on that classifier's features, so that they are no FID or KID of the literature;\n" +
        "compare them only with values of the same count, seed and data set. A network that --features\n" +
        "names must take images of the data set's size, as numbers from -1 to 1. A run that was trained\n" +
        "with --set outputs.features=FILE is compared by that file's.\n" +
        examples(
          program,
          "evaluate last",
          "evaluate last --all",
          "evaluate last --epoch 5 --count 2000 --json",
        ),
    )
    .action(
      perform<EvaluateOptions>(async ({ shell, words: [typed = ""], options, withApi }) =>
        withApi(async (product) => {
          const { id } = await runOf(product.client, typed);
          const { epoch, all = false, count, seed, data, features, json = false } = options;
          const wanted = {
            ...{ id, all, count, seed },
            ...(epoch !== undefined && { epoch }),
            ...(data !== undefined && { data: await sourceOf(shell, product, { id, data, json }) }),
            ...(features !== undefined && {
              features: features === false ? null : resolve(shell.folder, features),
            }),
          };
          const { evaluations } = await evaluated(shell, product, wanted, json);
          const last = evaluations.at(-1);
          const one = last && evaluations.length === 1;
          const many = last ? `${evaluationTable(evaluations)}\n${protocolText(last)}` : "";
          return { json: { id, evaluations }, text: one ? evaluationPage(last) : many };
        }),
      ),
    );
};

/** Images that the run's networks can be compared with: pictures are brought to their size. */
async function sourceOf(
  shell: Shell,
  product: Product,
  { id, data, json }: { id: string; data: string; json: boolean },
): Promise<DataSource> {
  const add: AddData = (files) => addDataset(shell, product, files, json);
  const { datasets } = await product.client.datasets.list({});
  const { specification } = await product.client.runs.get({ id });
  return (await dataOf(datasets, add, data, shell.folder, specification.image)).source;
}

async function evaluated(
  shell: Shell,
  { api, client }: Product,
  wanted: Payload<"runs.evaluate">,
  quiet: boolean,
) {
  const reporter = quiet
    ? null
    : await createAmountReporter(shell, "{what}  {bar} {percentage}%  {amount}");
  const ends = [
    api.subscribe("run.evaluating", (progress) => {
      if (progress.id === wanted.id) reporter?.progress(amountOf(progress));
    }),
    callOffAtInterrupt(shell, () => client.runs.cancelEvaluation({ id: wanted.id })),
  ];
  try {
    return await client.runs.evaluate(wanted);
  } finally {
    for (const end of ends) end();
    reporter?.end();
  }
}

const stages: Record<RunEvaluationProgress["stage"], string> = {
  classifier: "Training the classifier",
  real: "Looking at real images",
  generating: "Drawing images",
  comparing: "Comparing",
};

function amountOf({ stage, done, total, checkpoint, checkpoints }: RunEvaluationProgress): Amount {
  const which = checkpoint > 0 && checkpoints > 1 ? ` (${checkpoint} of ${checkpoints})` : "";
  return {
    ...{ done, total, what: `${stages[stage]}${which}` },
    amount: `${count(done)} of ${count(total)}`,
  };
}
