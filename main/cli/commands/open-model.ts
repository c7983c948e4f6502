/** `gan-studio open`: a generator from an export of ours, to sample from and to explore. */
import { resolve } from "node:path";
import { examples, type AddCommand } from "../command.ts";
import { givenName } from "../values.ts";

interface OpenOptions {
  name?: string;
}

export const openModel: AddCommand = (program, perform) => {
  program
    .command("open")
    .description(
      "Takes in a generator that GAN Studio exported (.safetensors, or tfjs), to sample from and explore.",
    )
    .argument("<file>", "a .safetensors file, a tfjs model.json, or a folder of one")
    .option("--name <text>", "name of the run that it becomes", givenName)
    .addHelpText(
      "after",
      "\nFiles that hold code (.pt, .pth, .pkl, .ckpt) are refused; save the weights as safetensors.\n" +
        examples(
          program,
          "open digits/generator.safetensors",
          'open web-model --name "Old digits"',
        ),
    )
    .action(
      perform<OpenOptions>(async ({ shell, words: [typed = ""], options: { name }, withApi }) =>
        withApi(async ({ client }) => {
          const path = resolve(shell.folder, typed);
          const run = await client.exports.import({ path, ...(name !== undefined && { name }) });
          return { json: run, text: `${run.name} is here as the run ${run.id}.\n` };
        }),
      ),
    );
};
