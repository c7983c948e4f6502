/** `gan-studio sample`: new images from a trained generator, as a picture or as numbers. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { Problem } from "../../spec/problem.ts";
import { examples, type AddCommand } from "../command.ts";
import { callOffAtInterrupt } from "../call-off.ts";
import { count as counted, plural } from "../format.ts";
import { drawnBatches } from "../sample-batches.ts";
import { writerFor } from "../sample-files.ts";
import { tellDamage } from "../tell-damage.ts";
import { runArgument, runOf } from "../run-argument.ts";
import { decimal, epochs, seed, wholeNumber } from "../values.ts";

interface SampleOptions {
  epoch?: number;
  count: number;
  seed: number;
  label?: number;
  truncation?: number;
  out?: string;
  force?: true;
}

export const sample: AddCommand = (program, perform) => {
  program
    .command("sample")
    .description("Draws new images from a run's generator and writes them to a file or a folder.")
    .argument("<run>", runArgument)
    .option(
      "--epoch <number>",
      "the generator as it was after this epoch (default: the last)",
      epochs,
    )
    .option("--count <number>", "images; a sheet holds up to 4,096", wholeNumber(1, 1_000_000), 64)
    .option("--seed <number>", "seed of the noise", seed, 0)
    .option(
      "--label <number>",
      "class to draw, for a conditional run (default: each in turn)",
      wholeNumber(0, 255),
    )
    .option(
      "--truncation <number>",
      "draw noise values that are larger again, of a run with normal noise (Brock et al. 2019)",
      decimal(0.1, 10),
    )
    .option(
      "--out <file>",
      "a .png sheet, a .npy array, or a folder of pictures, which ends in / (default: RUN-samples.png)",
    )
    .option("--force", "replace the file when it exists; a folder is never replaced")
    .addHelpText(
      "after",
      "\nA .npy file holds bytes, shape (images, height, width, channels).\n" +
        examples(
          program,
          "sample last",
          "sample last --count 1000 --seed 7 --out digits.npy",
          "sample last --count 50000 --out fakes/",
          "sample last --epoch 3 --out epoch-3.png",
          "sample last --label 7 --out sevens.png",
          "sample last --truncation 0.7 --out typical.png",
        ),
    )
    .action(
      perform<SampleOptions>(async ({ shell, words: [typed = ""], options, withApi }) => {
        const { epoch, count, seed, label, truncation, out, force, json } = options;
        const write = writerFor(out ?? "samples.png", count);
        return withApi(async ({ api, client }) => {
          const { id } = await runOf(client, typed);
          const path = resolve(shell.folder, out ?? `${id}-samples.png`);
          if (force !== true && isFile(path)) throw taken(path);
          const asked = {
            ...{ id, count, seed },
            ...(epoch !== undefined && { epoch }),
            ...(label !== undefined && { label }),
            ...(truncation !== undefined && { truncation }),
          };
          const calledOff = new AbortController();
          const batches = drawnBatches(client, asked, {
            signal: calledOff.signal,
            tell: (done) => {
              if (json !== true) shell.say(`${counted(done)} of ${counted(count)} images`);
            },
          });
          const ends = [
            tellDamage(api, shell),
            callOffAtInterrupt(shell, () => {
              calledOff.abort(calledOffProblem());
              return Promise.resolve();
            }),
          ];
          try {
            const { height, width, channels } = await write(path, count, batches);
            const document = { files: [path], id, count, height, width, channels, seed };
            return { json: document, text: `${plural(count, "image")} in ${path}\n` };
          } finally {
            for (const end of ends) end();
          }
        });
      }),
    );
};

const isFile = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

const taken = (path: string): Problem =>
  new Problem(
    "file.exists",
    `${path} exists. Name another file with --out, or replace it with --force.`,
  );

const calledOffProblem = (): Problem =>
  new Problem("export.cancelled", "The drawing was called off; nothing of it is left.");
