/** `gan-studio delete` and `gan-studio restore`: out of the history, and back for thirty days. */
import type { Client } from "../../contract/client.ts";
import { Problem } from "../../spec/problem.ts";
import { examples, type AddCommand } from "../command.ts";
import { runArgument, runOf, runsMeant, severalFit } from "../run-argument.ts";
import type { Shell } from "../shell.ts";

export const deleteRun: AddCommand = (program, perform) => {
  program
    .command("delete")
    .description("Moves ended runs to the bin; «restore» has them back for thirty days.")
    .argument("<runs...>", runArgument)
    .addHelpText("after", examples(program, "delete lsgan-dc-261122-k3f9", "delete k3f9 x71d"))
    .action(
      perform(async ({ shell, words, withApi }) => {
        const deleted = await withApi(async ({ client }) => {
          // All are found before the first goes, so that a slip leaves everything as it is.
          const ids = new Set<string>();
          for (const typed of words) ids.add((await runOf(client, typed)).id);
          const gone: { id: string }[] = [];
          try {
            for (const id of ids) gone.push(await client.runs.delete({ id }));
          } catch (thrown) {
            for (const { id } of gone) shell.say(movedLine(shell, id));
            throw thrown;
          }
          return gone;
        });
        const lines = deleted.map(({ id }) => `${movedLine(shell, id)}\n`);
        const [only] = deleted;
        return { json: deleted.length === 1 ? only : { runs: deleted }, text: lines.join("") };
      }),
    );
};

const movedLine = ({ program }: Shell, id: string): string =>
  `Moved ${id} to the bin. To have it back: ${program} restore ${id}`;

export const restore: AddCommand = (program, perform) => {
  program
    .command("restore")
    .description("Puts a deleted run back into the history.")
    .argument("<run>", "its id, its start or its last part, or its name")
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
  const meant = runsMeant(runs, typed);
  const [found] = meant;
  if (found && meant.length === 1) return found.id;
  if (found) throw new Problem("usage", severalFit(typed, meant));
  const known = runs.slice(0, 10).map(({ id }) => id);
  const held = known.length === 0 ? "it is empty" : `it has: ${known.join(", ")}`;
  throw new Problem("run.unknown", `There is no run «${typed}» in the bin; ${held}.`);
}
