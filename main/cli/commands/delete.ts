/** `gan-studio delete` and `gan-studio restore`: out of the history, and back for thirty days. */
import type { Client } from "../../contract/client.ts";
import { Problem } from "../../spec/problem.ts";
import { examples, type AddCommand } from "../command.ts";
import { runArgument, runOf } from "../run-argument.ts";

export const deleteRun: AddCommand = (program, perform) => {
  program
    .command("delete")
    .description("Moves an ended run to the bin; «restore» has it back for thirty days.")
    .argument("<run>", runArgument)
    .addHelpText("after", examples(program, "delete lsgan-dc-261122-k3f9"))
    .action(
      perform(async ({ shell, words: [typed = ""], withApi }) => {
        const deleted = await withApi(async ({ client }) =>
          client.runs.delete({ id: (await runOf(client, typed)).id }),
        );
        const text = `Moved ${deleted.id} to the bin. To have it back: ${shell.program} restore ${deleted.id}\n`;
        return { json: deleted, text };
      }),
    );
};

export const restore: AddCommand = (program, perform) => {
  program
    .command("restore")
    .description("Puts a deleted run back into the history.")
    .argument("<run>", "its id, or the start of it")
    .addHelpText("after", examples(program, "restore lsgan-dc-261122-k3f9"))
    .action(
      perform(async ({ words: [typed = ""], withApi }) => {
        const run = await withApi(async ({ client }) =>
          client.runs.restore({ id: await deletedOf(client, typed) }),
        );
        return { json: run, text: `${run.id} is in the history again.\n` };
      }),
    );
};

/** Throws `run.unknown` with what the bin holds, so that an id can be picked from it. */
async function deletedOf(client: Client, typed: string): Promise<string> {
  const { runs } = await client.runs.list({ deleted: true, limit: 10_000 });
  const exact = runs.find(({ id }) => id === typed);
  const [first, ...others] = typed === "" ? [] : runs.filter(({ id }) => id.startsWith(typed));
  const found = exact ?? (others.length === 0 ? first : undefined);
  if (found) return found.id;
  const known = runs.slice(0, 10).map(({ id }) => id);
  const held = known.length === 0 ? "it is empty" : `it has: ${known.join(", ")}`;
  throw new Problem("run.unknown", `There is no one run «${typed}» in the bin; ${held}.`);
}
