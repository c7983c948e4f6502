/** `gan-studio import`: takes in a run from a bundle, after everything in it was checked. */
import { resolve } from "node:path";
import type { ImportedRun } from "../../contract/bundles.ts";
import type { Client } from "../../contract/client.ts";
import type { DataSource } from "../../spec/data.ts";
import { Problem } from "../../spec/problem.ts";
import { withBundleProgress } from "../bundle-progress.ts";
import { examples, type AddCommand } from "../command.ts";
import { count, moment } from "../format.ts";
import { resumeCommand } from "../next-command.ts";
import { facts } from "../table.ts";

interface ImportOptions {
  data?: string;
}

export const importRun: AddCommand = (program, perform) => {
  program
    .command("import")
    .description(
      "Takes in a run from a file that «bundle» has written: checks every checksum, draws its images again and says whether they are the same.",
    )
    .argument("<file>", "the bundle")
    .option(
      "--data <id>",
      "a data set from «data list», in place of the one that it was trained on",
    )
    .addHelpText(
      "after",
      examples(program, "import digits.ganrun", "import digits.ganrun --data mnist") +
        "\n\nCtrl-C calls it off; nothing is kept then.",
    )
    .action(
      perform<ImportOptions>(async ({ shell, words: [typed = ""], options, withApi }) => {
        const path = resolve(shell.folder, typed);
        const imported = await withApi(async (product) => {
          const data = await sourceOf(product.client, options.data);
          return withBundleProgress(shell, product, { path, quiet: options.json === true }, () =>
            product.client.runs.import({ path, ...(data && { data }) }),
          );
        });
        return { json: imported, text: importedPage(imported, shell.program) };
      }),
    );
};

async function sourceOf(client: Client, id: string | undefined): Promise<DataSource | undefined> {
  if (id === undefined) return undefined;
  const { datasets } = await client.datasets.list({});
  const known = datasets.find((dataset) => dataset.id === id);
  if (known) return known.source;
  const names = datasets.map((dataset) => dataset.id).join(", ");
  throw new Problem(
    "data.unknown",
    `There is no data set «${id}»; add it with «data add» first. Data sets that are there: ${names}.`,
  );
}

const alreadyThere: Record<ImportedRun["outcome"], string | null> = {
  imported: null,
  known: "The same run; nothing was changed.",
  updated: "The same run; from now on it trains on the data set that was named.",
};

function importedPage(imported: ImportedRun, program: string): string {
  const { run, outcome, formerId, advice } = imported;
  return facts([
    outcome === "imported" ? ["Imported", run.id] : ["Already there", run.id],
    ["", alreadyThere[outcome]],
    ["Its id was", formerId === null ? null : `${formerId}, which another run here has`],
    ["Name", run.name],
    ["Started", moment(run.createdAt)],
    ["Done", `epoch ${count(run.epoch)} of ${count(run.epochs)}, step ${count(run.step)}`],
    ["Checked", outcome === "imported" ? proofOf(imported) : "every checksum"],
    ["Data", advice === null ? null : `${advice} Here: ${program} import FILE --data ID`],
    ["Look at it", `${program} show ${run.id}`],
    ["Train on", advice === null ? resumeCommand(run, program) : null],
  ]);
}

function proofOf({ step, difference }: ImportedRun): string {
  if (step === null || difference === null)
    return "every checksum; there is no checkpoint with images to draw again";
  const drawn = `every checksum; the images of step ${count(step)}, drawn again, are`;
  if (difference === 0) return `${drawn} identical`;
  return `${drawn} at most ${difference} of 255 grey levels away. Another engine or machine may differ by a little; much more means that the run is not what it says.`;
}
