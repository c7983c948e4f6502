/** `gan-studio sample`: new images from a trained generator, as a picture or as numbers. */
import { existsSync } from "node:fs";
import { extname, resolve } from "node:path";
import type { PixelBatch } from "../../contract/system.ts";
import { durableWrite } from "../../files/durable-write.ts";
import { Problem } from "../../spec/problem.ts";
import { examples, type AddCommand } from "../command.ts";
import { plural } from "../format.ts";
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

type Encode = (batch: PixelBatch) => Promise<Uint8Array>;

const encoders: Record<string, Encode> = {
  // Both are loaded only when they are needed: an image library is slow to load.
  ".png": async (batch) => {
    const { sheetPng } = await import("../../files/png.ts");
    return sheetPng({ ...batch, columns: Math.ceil(Math.sqrt(batch.count)) });
  },
  ".npy": async (batch) => {
    const { encodeNpy } = await import("../../files/npy.ts");
    return encodeNpy(batch);
  },
};

export const sample: AddCommand = (program, perform) => {
  program
    .command("sample")
    .description("Draws new images from a run's generator and writes them to a file.")
    .argument("<run>", runArgument)
    .option(
      "--epoch <number>",
      "the generator as it was after this epoch (default: the last)",
      epochs,
    )
    .option("--count <number>", "images", wholeNumber(1, 4096), 64)
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
    .option("--out <file>", "a .png sheet or a .npy array (default: RUN-samples.png)")
    .option(
      "--force",
      "replace RUN-samples.png when it exists; a file named by --out is replaced anyway",
    )
    .addHelpText(
      "after",
      "\nA .npy file holds bytes, shape (images, height, width, channels).\n" +
        examples(
          program,
          "sample last",
          "sample last --count 1000 --seed 7 --out digits.npy",
          "sample last --epoch 3 --out epoch-3.png",
          "sample last --label 7 --out sevens.png",
          "sample last --truncation 0.7 --out typical.png",
        ),
    )
    .action(
      perform<SampleOptions>(async ({ shell, words: [typed = ""], options, withApi }) => {
        const { epoch, count, seed, label, truncation, out, force } = options;
        const encode = encoderOf(out ?? ".png");
        return withApi(async ({ api, client }) => {
          const { id } = await runOf(client, typed);
          const path = resolve(shell.folder, out ?? `${id}-samples.png`);
          if (out === undefined && force !== true && existsSync(path)) throw taken(path);
          const at = {
            ...(epoch !== undefined && { epoch }),
            ...(label !== undefined && { label }),
            ...(truncation !== undefined && { truncation }),
          };
          const stop = tellDamage(api, shell);
          const batch = await client.runs.generate({ id, count, seed, ...at }).finally(stop);
          await durableWrite(path, await encode(batch));
          const { height, width, channels } = batch;
          const json = { files: [path], id, count: batch.count, height, width, channels, seed };
          return { json, text: `${plural(batch.count, "image")} in ${path}\n` };
        });
      }),
    );
};

function encoderOf(name: string): Encode {
  const extension = name.startsWith(".") ? name : extname(name);
  const encode = encoders[extension.toLowerCase()];
  if (encode) return encode;
  throw new Problem(
    "usage",
    `${name} does not tell what to write; end it in .png for a sheet or .npy for an array.`,
  );
}

const taken = (path: string): Problem =>
  new Problem(
    "file.exists",
    `${path} exists. Name another file with --out, or replace it with --force.`,
  );
