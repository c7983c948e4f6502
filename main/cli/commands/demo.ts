/**
 * `gan-studio demo`: from nothing to new digits in a minute or two. Hidden from the list of commands,
 * because it is what `npm run demo` runs.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { durableWrite } from "../../files/durable-write.ts";
import { builtInDigits } from "../../spec/data.ts";
import { presetOf } from "../../spec/presets.ts";
import { Problem } from "../../spec/problem.ts";
import type { AddCommand, Product } from "../command.ts";
import { dataOfSource } from "../data-source.ts";
import { follow } from "../follow.ts";
import { runOutcome } from "../run-outcome.ts";
import { changed } from "../specification.ts";
import { steps as readSteps } from "../values.ts";

const [images, columns, scale] = [64, 8, 3];

export const demo: AddCommand = (program, perform) => {
  program
    .command("demo", { hidden: true })
    .description("Trains a small run on the built-in digits and draws 64 new ones.")
    .option("--steps <number>", "training steps", readSteps, 300)
    .action(
      perform<{ steps: number }>(async ({ shell, home, options: { steps }, withApi }) => {
        shell.say("GAN Studio draws a data set of digits and trains two networks on it.");
        return withApi(async (product) => {
          const data = await dataOfSource(product.client.datasets.add, builtInDigits);
          const specification = changed(presetOf("lsgan-dc").specification, { steps }, data);
          const run = await follow(shell, product, () =>
            product.client.runs.start({ specification, engine: "auto", name: "Demo" }),
          );
          if (run.status === "failed" || run.status === "interrupted") return runOutcome(run);
          const picture = await draw(product, run.id, join(home, "pictures"));
          const { json } = runOutcome(run);
          return {
            json: { ...(json as object), files: [picture] },
            text:
              runOutcome(run).text +
              `\nPicture: ${picture}\n\n` +
              "Try next:\n" +
              `  ${shell.program} resume last --epochs 10   train on; the digits get clearer\n` +
              `  ${shell.program} serve                     watch runs in a browser\n`,
          };
        });
      }),
    );
};

async function draw({ client }: Product, id: string, folder: string): Promise<string> {
  const { sheetPng } = await import("../../files/png.ts");
  const batch = await client.runs.generate({ id, count: images, seed: 0 });
  const path = join(folder, `${id}.png`);
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new Problem("file.unwritable", `The folder ${folder} cannot be made.`, { cause });
  });
  await durableWrite(path, await sheetPng({ ...batch, columns, scale }));
  return path;
}
