/** `gan-studio bundle`: a run as one file, to keep or to give away. */
import { resolve } from "node:path";
import type { WrittenBundle } from "../../contract/bundles.ts";
import { Problem } from "../../spec/problem.ts";
import { withBundleProgress } from "../bundle-progress.ts";
import { examples, type AddCommand } from "../command.ts";
import { bytes, plural } from "../format.ts";
import { runArgument, runOf } from "../run-argument.ts";
import { facts } from "../table.ts";

interface BundleOptions {
  out?: string;
  last?: true;
  force?: true;
}

export const bundle: AddCommand = (program, perform) => {
  program
    .command("bundle")
    .description(
      "Writes a run into one file: its settings, measurements, images, checkpoints and log. «import» takes it in, here or on another machine.",
    )
    .argument("<run>", runArgument)
    .option("--out <file>", "the file to write (default: RUN.ganrun)")
    .option("--last", "of the checkpoints only the newest, from which the run can go on")
    .option("--force", "replace the file when it exists")
    .addHelpText(
      "after",
      examples(program, "bundle last", "bundle lsgan-dc-261122-k3f9 --last --out digits.ganrun") +
        "\n\nCtrl-C calls it off; nothing is kept then.",
    )
    .action(
      perform<BundleOptions>(async ({ shell, words: [typed = ""], options, withApi }) => {
        const written = await withApi(async (product) => {
          const { id } = await runOf(product.client, typed);
          const path = resolve(shell.folder, options.out ?? `${id}.ganrun`);
          const how = { last: options.last === true, overwrite: options.force === true };
          return withBundleProgress(shell, product, { path, quiet: options.json === true }, () =>
            product.client.runs.bundle({ id, path, ...how }).catch(namingTheOption),
          );
        });
        return { json: written, text: writtenPage(written, shell.program) };
      }),
    );
};

const writtenPage = (
  { path, bytes: size, sha256, checkpoints, samples, leftOut }: WrittenBundle,
  program: string,
): string =>
  facts([
    ["Written", path],
    ["Size", bytes(size)],
    ["SHA-256", sha256],
    ["Holds", `${plural(checkpoints, "checkpoint")}, ${plural(samples, "sample grid")}`],
    ["Left out", leftOut.length === 0 ? null : `${leftOut.join(", ")}: damaged or missing`],
    ["Take it in", `${program} import ${path}`],
  ]);

function namingTheOption(thrown: unknown): never {
  if (!(thrown instanceof Problem) || thrown.code !== "file.exists") throw thrown;
  throw new Problem("file.exists", `${thrown.message} To replace it: --force.`);
}
